/** A stream, or why there is none. `not-entire-screen`: a window or a tab was chosen; it was closed at once. */
export type Opened =
  | { readonly ok: true; readonly stream: MediaStream }
  | { readonly ok: false; readonly why: "refused" | "missing" | "busy" | "not-entire-screen" | "unsupported" };

/** Asks for the camera (640x480 at 15 frames a second) and the microphone, together. */
export function openCamera(): Promise<Opened> {
  return openUserMedia({
    video: { width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { ideal: 15 } },
    audio: sound,
  });
}

/** Asks for the microphone alone. */
export function openMicrophone(): Promise<Opened> {
  return openUserMedia({ audio: sound });
}

const sound: MediaTrackConstraints = { echoCancellation: true, noiseSuppression: true };

async function openUserMedia(constraints: MediaStreamConstraints): Promise<Opened> {
  const devices: Partial<MediaDevices> | undefined = navigator.mediaDevices;
  if (devices?.getUserMedia === undefined) return { ok: false, why: "unsupported" };
  return opened(() => navigator.mediaDevices.getUserMedia(constraints));
}

/** Enough to read text by, and little enough for a small computer to encode twice. The shape of the screen is kept. */
const entireScreen = {
  video: { displaySurface: "monitor", frameRate: { max: 5 }, width: { max: 1920 }, height: { max: 1080 } },
  audio: false,
  // https://www.w3.org/TR/screen-capture/#displaymediastreamoptions, not in TypeScript's library yet: the browser offers
  // screens, and no button to change to a tab or a window later.
  monitorTypeSurfaces: "include",
  surfaceSwitching: "exclude",
} as const;

/** Asks for the entire screen. Must be called from a click. */
export async function openScreen(): Promise<Opened> {
  const devices: Partial<MediaDevices> | undefined = navigator.mediaDevices;
  if (devices?.getDisplayMedia === undefined) return { ok: false, why: "unsupported" };
  const answer = await opened(() => navigator.mediaDevices.getDisplayMedia(entireScreen));
  if (!answer.ok) return answer;
  const surface = answer.stream.getVideoTracks()[0]?.getSettings().displaySurface;
  if (surface === "monitor") return answer;
  for (const track of answer.stream.getTracks()) track.stop();
  // A browser that does not say what is shared cannot show that it is the entire screen.
  return { ok: false, why: surface === undefined ? "unsupported" : "not-entire-screen" };
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

/** Above this, somebody spoke or a chair moved: the microphone hears. */
export const heardLevel = 0.08;

/** Tells the loudness of a stream's microphone, 0 to 1, several times a second, until it is stopped. */
export function microphoneLevel(stream: MediaStream, onLevel: (level: number) => void): () => void {
  if (stream.getAudioTracks().length === 0) return () => {};
  const audio = new AudioContext();
  const analyser = audio.createAnalyser();
  // 170 ms at 48 kHz, more than there is between two looks: a short sound does not fall between them.
  analyser.fftSize = 8192;
  audio.createMediaStreamSource(stream).connect(analyser);
  // A context that was made before the page was first touched sleeps.
  void audio.resume().catch(() => {}); // closed before it woke: nobody listens any more
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
