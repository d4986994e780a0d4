export function hiddenVideoOf(track: MediaStreamTrack): HTMLVideoElement {
  const video = document.createElement("video");
  video.muted = true;
  video.playsInline = true;
  video.srcObject = new MediaStream([track]);
  return video;
}

/** A stopped or muted camera leaves its last picture in the element: that is not a picture of now. */
export function hasPicture(video: HTMLVideoElement): boolean {
  if (video.paused) void video.play().catch(() => undefined); // refused until the element has data; asked again next beat
  const stream = video.srcObject;
  const tracks = stream instanceof MediaStream ? stream.getVideoTracks() : [];
  const live = tracks.some((track) => track.readyState === "live" && !track.muted && track.enabled);
  return live && !video.paused && video.readyState >= video.HAVE_CURRENT_DATA && video.videoWidth > 0;
}
