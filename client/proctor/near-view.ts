import { type RefObject, useEffect, useRef, useState } from "react";

/**
 * Whether an element is in view or about to be, so that pictures which nobody sees are not fetched.
 */
export function useIsNearView<Box extends Element>(): [RefObject<Box | null>, boolean] {
  const box = useRef<Box>(null);
  const [isNear, setNear] = useState(false);
  useEffect(() => {
    if (box.current === null) return;
    const observer = new IntersectionObserver(
      (entries) => setNear(entries.some(({ isIntersecting }) => isIntersecting)),
      { rootMargin: "200px" },
    );
    observer.observe(box.current);
    return () => observer.disconnect();
  }, []);
  return [box, isNear];
}
