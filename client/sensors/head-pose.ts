/** Where a head is turned to, in degrees: `yaw` to the side, `pitch` up or down. */
export type HeadPose = { readonly yaw: number; readonly pitch: number };

/** The angles in a face's transformation matrix: 4x4, column after column, as MediaPipe gives it. */
export function headPoseOf(matrix: readonly number[]): HeadPose {
  const [m0 = 0, m1 = 0, m2 = 0, , , , m6 = 0, , , , m10 = 0] = matrix;
  return { yaw: degrees(Math.atan2(-m2, Math.hypot(m0, m1))), pitch: degrees(Math.atan2(m6, m10)) };
}

function degrees(radians: number): number {
  return (radians * 180) / Math.PI;
}
