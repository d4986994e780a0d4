/** What the exam needs of a browser, and how to say that it is not there. */
type Needs = {
  readonly isSecureContext: boolean;
  readonly hasCamera: boolean;
  readonly hasScreenShare: boolean;
  readonly hasLiveVideo: boolean;
  readonly hasRecorder: boolean;
  readonly hasStorage: boolean;
};

export function needsOfThisBrowser(): Needs {
  const devices: Partial<MediaDevices> | undefined = navigator.mediaDevices;
  return {
    isSecureContext: window.isSecureContext,
    hasCamera: devices?.getUserMedia !== undefined,
    hasScreenShare: devices?.getDisplayMedia !== undefined,
    hasLiveVideo: "RTCPeerConnection" in window,
    hasRecorder: "MediaRecorder" in window,
    hasStorage: "indexedDB" in window,
  };
}

/** Sentences about what is missing; none when the exam can be sat here. */
export function missingWords(needs: Needs): readonly string[] {
  // Without a secure context the browser hides the rest, so that the rest would mislead.
  if (!needs.isSecureContext)
    return ["The address does not begin with https, so the browser keeps the camera from the page."];
  return [
    needs.hasCamera ? null : "This browser does not let a page use the camera and the microphone.",
    needs.hasScreenShare
      ? null
      : "This browser cannot share the screen. Telephones and tablets cannot; a computer with Chrome, Edge or Firefox can.",
    needs.hasLiveVideo
      ? null
      : "Live video (WebRTC) is switched off in this browser. An extension or a setting of your institution's computer may do that.",
    needs.hasRecorder ? null : "This browser cannot record video.",
    needs.hasStorage
      ? null
      : "This browser keeps nothing on this computer (IndexedDB is off), so answers could be lost. A private window may be the reason.",
  ].filter((sentence) => sentence !== null);
}
