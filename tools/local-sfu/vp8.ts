/** The VP8 payload descriptor (RFC 7741, section 4.2): the few bytes before each piece of a frame. */
export type Vp8Descriptor = {
  /** Where the 15-bit picture id lies, or null if there is none or only the 7-bit form. */
  readonly pictureIdAt: number | null;
  readonly tl0PicIdxAt: number | null;
  /** True for the first packet of a frame that can be decoded without any before it. */
  readonly startsKeyFrame: boolean;
};

/** Null when the payload ends inside its own descriptor, so it cannot be VP8. */
export function readVp8Descriptor(payload: Buffer): Vp8Descriptor | null {
  const first = payload[0];
  if (first === undefined) return null;
  let at = 1;
  let pictureIdAt: number | null = null;
  let tl0PicIdxAt: number | null = null;

  const hasExtensions = (first & 0x80) !== 0;
  if (hasExtensions) {
    const present = payload[at++] ?? 0;
    if ((present & 0x80) !== 0) {
      const isLong = ((payload[at] ?? 0) & 0x80) !== 0;
      if (isLong) pictureIdAt = at;
      at += isLong ? 2 : 1;
    }
    if ((present & 0x40) !== 0) tl0PicIdxAt = at++;
    // TID and KEYIDX share one byte, which is there if either is.
    if ((present & 0x30) !== 0) at++;
  }

  const frameHeader = payload[at];
  if (frameHeader === undefined) return null;
  const startsPartition = (first & 0x10) !== 0;
  const isFirstPartition = (first & 0x07) === 0;
  const isInterFrame = (frameHeader & 0x01) !== 0;
  return { pictureIdAt, tl0PicIdxAt, startsKeyFrame: startsPartition && isFirstPartition && !isInterFrame };
}

export function pictureIdOf(payload: Buffer, descriptor: Vp8Descriptor): number | null {
  return descriptor.pictureIdAt === null ? null : payload.readUInt16BE(descriptor.pictureIdAt) & 0x7fff;
}

export function tl0PicIdxOf(payload: Buffer, descriptor: Vp8Descriptor): number | null {
  return descriptor.tl0PicIdxAt === null ? null : payload.readUInt8(descriptor.tl0PicIdxAt);
}

/** A copy with both counters moved on; the payload itself, untouched, when there is nothing to move. */
export function shiftVp8Counters(
  payload: Buffer,
  descriptor: Vp8Descriptor,
  shift: { readonly pictureId: number; readonly tl0PicIdx: number },
): Buffer {
  if (shift.pictureId === 0 && shift.tl0PicIdx === 0) return payload;
  const shifted = Buffer.from(payload);
  const pictureId = pictureIdOf(payload, descriptor);
  if (pictureId !== null && descriptor.pictureIdAt !== null) {
    shifted.writeUInt16BE(((pictureId + shift.pictureId) & 0x7fff) | 0x8000, descriptor.pictureIdAt);
  }
  const tl0PicIdx = tl0PicIdxOf(payload, descriptor);
  if (tl0PicIdx !== null && descriptor.tl0PicIdxAt !== null) {
    shifted.writeUInt8((tl0PicIdx + shift.tl0PicIdx) & 0xff, descriptor.tl0PicIdxAt);
  }
  return shifted;
}
