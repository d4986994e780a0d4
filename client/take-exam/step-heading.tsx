import { Title } from "@mantine/core";
import { type ReactNode, useEffect, useRef } from "react";

/** The heading of a step. It takes the focus when its step begins, so that nobody has to look for what changed. */
export function StepHeading({ children }: { readonly children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <Title order={1} size="h2" mb="sm" tabIndex={-1} ref={heading}>
      {children}
    </Title>
  );
}
