/**
 * The parts of a view that differ, to be merged over the old one by whoever holds it; null when nothing does.
 * Parts are compared by their JSON, which is what travels.
 */
export function changedParts<View extends object>(before: View | null, after: View): Partial<View> | null {
  const changed: Partial<View> = {};
  let any = false;
  for (const part in after) {
    if (before !== null && JSON.stringify(before[part]) === JSON.stringify(after[part])) continue;
    changed[part] = after[part];
    any = true;
  }
  return any ? changed : null;
}
