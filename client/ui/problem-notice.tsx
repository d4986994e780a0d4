import { Alert, Button, Group, Text } from "@mantine/core";
import type { ReactNode } from "react";

type ProblemNoticeProps = {
  readonly title: string;
  /** What to do about it. */
  readonly children: ReactNode;
  readonly onRetry?: (() => void) | undefined;
  /** Named to whoever helps: it finds the request in the logs. */
  readonly requestId?: string | null;
};

/** What went wrong, in plain words, with what to do. */
export function ProblemNotice({ title, children, onRetry, requestId = null }: ProblemNoticeProps) {
  return (
    <Alert color="red" title={title} role="alert" variant="outline">
      <Text component="div" size="sm">
        {children}
      </Text>
      {requestId === null ? null : (
        <Text size="xs" c="dimmed" mt="xs">
          If you ask for help, give this number: <code>{requestId}</code>
        </Text>
      )}
      {onRetry === undefined ? null : (
        <Group mt="sm">
          <Button variant="default" onClick={onRetry}>
            Try again
          </Button>
        </Group>
      )}
    </Alert>
  );
}
