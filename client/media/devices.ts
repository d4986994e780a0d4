/** A stream, or why there is none. `not-entire-screen`: a window or a tab was chosen; it was closed at once. */
export type Opened =
  | { readonly ok: true; readonly stream: MediaStream }
  | { readonly ok: false; readonly why: "refused" | "missing" | "busy" | "not-entire-screen" | "unsupported" };

/** Asks for the camera (640x480 at 15 frames a second) and the microphone, together. */
export async function openCamera(): Promise<Opened> {
  const devices: Partial<MediaDevices> | undefined = navigator.mediaDevices;
  if (devices?.getUserMedia === undefined) return { ok: false, why: "unsupported" };
  return opened(() =>
    navigator.mediaDevices.getUserMedia({
      video: { width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { ideal: 15 } },
      audio: { echoCancellation: true, noiseSuppression: true },
    }),
  );
}

/** Asks for the entire screen. Must be called from a click. */
export async function openScreen(): Promise<Opened> {
  const devices: Partial<MediaDevices> | undefined = navigator.mediaDevices;
  if (devices?.getDisplayMedia === undefined) return { ok: false, why: "unsupported" };
  const answer = await opened(() =>
    navigator.mediaDevices.getDisplayMedia({
      video: { displaySurface: "monitor", frameRate: { max: 10 } },
      audio: false,
    }),
  );
  if (!answer.ok) return answer;
  const surface = answer.stream.getVideoTracks()[0]?.getSettings().displaySurface;
  if (surface === "monitor") return answer;
  for (const track of answer.stream.getTracks()) track.stop();
  return { ok: false, why: "not-entire-screen" };
}

async function opened(open: () => Promise<MediaStream>): Promise<Opened> {
  try {
    return { ok: true, stream: await open() };
  } catch (error) {
    return { ok: false, why: whyNot(error) };
  }
}

/** https://www.w3.org/TR/mediacapture-streams/#dom-mediadevices-getusermedia names what is thrown. */
function whyNot(error: unknown): "refused" | "missing" | "busy" {
  if (!(error instanceof DOMException)) return "missing";
  switch (error.name) {
    case "NotAllowedError":
    case "SecurityError":
      return "refused";
    case "NotReadableError":
    case "AbortError":
      return "busy";
    default:
      return "missing";
  }
}

/** Tells the loudness of a stream's microphone, 0 to 1, several times a second, until it is stopped. */
export function microphoneLevel(stream: MediaStream, onLevel: (level: number) => void): () => void {
  if (stream.getAudioTracks().length === 0) return () => {};
  const audio = new AudioContext();
  const analyser = audio.createAnalyser();
  analyser.fftSize = 1024;
  audio.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
    onLevel(Math.min(1, Math.sqrt(power) * 4));
  }, 100);
  return () => {
    clearInterval(timer);
    void audio.close();
  };
}
