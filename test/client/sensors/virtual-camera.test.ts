import { describe, expect, test } from "vitest";
import { isVirtualCamera } from "#client/sensors/virtual-camera.ts";

describe("[I46] a camera whose label is that of a program is a virtual camera", () => {
  test.each([
    "OBS Virtual Camera",
    "OBS-Camera",
    "/tmp/cameras/OBS Virtual Camera.mjpeg",
    "ManyCam Virtual Webcam",
    "Snap Camera",
    "XSplit VCam",
    "v4l2loopback",
    "Dummy video device (0x0000)",
    "mmhmm Camera",
    "DroidCam Source 3",
    "Iriun Webcam",
    "Camo",
    "e2eSoft iVCam",
    "Elgato Virtual Camera",
    "NVIDIA Broadcast",
    "Unity Video Capture",
    "NDI Webcam Video 1",
    "CamTwist",
    "VirtualCam",
    "OBSBOT Virtual Camera",
  ])("%s", (label) => {
    expect(isVirtualCamera(label)).toBe(true);
  });

  test.each([
    "",
    "Integrated Camera (04f2:b6d0)",
    "FaceTime HD Camera",
    "HD Pro Webcam C920 (046d:082d)",
    "OBSBOT Tiny 2 (3564:fef8)",
    "Snapdragon Camera Front",
    "Camera",
    "Logitech BRIO",
    "USB2.0 HD UVC WebCam",
    "fake_device_0",
    "/cameras/jobs/one.mjpeg",
  ])("a real one: %s", (label) => {
    expect(isVirtualCamera(label)).toBe(false);
  });
});
