/**
 * Names that programs give to the cameras they pretend to be. A camera of glass may be called OBSBOT, Snapdragon or
 * Camera: names are matched as whole words.
 */
const names: readonly RegExp[] = [
  /\bvirtual[ -]?(web)?cam(era)?\b/i,
  /\bv(irtual)?cam\b/i,
  /\bobs\b/i,
  /\bmanycam\b/i,
  /\bsnap camera\b/i,
  /\bxsplit\b/i,
  /\bv4l2 ?loopback\b/i,
  /\bdummy video device\b/i,
  /\bmmhmm\b/i,
  /\bdroidcam\b/i,
  /\bivcam\b/i,
  /\biriun\b/i,
  /\bepoccam\b/i,
  /\bcamo\b/i,
  /\bcamtwist\b/i,
  /\bsplitcam\b/i,
  /\byoucam\b/i,
  /\bsparkocam\b/i,
  /\bwebcamoid\b/i,
  /\balter ?cam\b/i,
  /\bchromacam\b/i,
  /\bfinecam\b/i,
  /\bprism live\b/i,
  /\bstreamlabs\b/i,
  /\b(ndi|newtek) (webcam|video|virtual)/i,
  /\bunity video capture\b/i,
  /\b(vseeface|vtubestudio|animaze|facerig)/i,
  /\bnvidia broadcast\b/i,
  /\bscreen ?capture ?recorder\b/i,
];

/** Whether a camera's label is one that a program gives itself. A program may also call itself like a real camera. */
export function isVirtualCamera(label: string): boolean {
  // In the name of a file, as of the test browser's camera, words are joined by underscores.
  const words = label.replaceAll("_", " ");
  return names.some((name) => name.test(words));
}
