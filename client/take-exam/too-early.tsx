import { Button, Group, Text } from "@mantine/core";
import { useEffect } from "react";
import type { EpochMs } from "#domain/integrity/signal.ts";
import { formatMoment } from "../ui/format-moment.ts";
import { PageFrame } from "../ui/page-frame.tsx";
import { AddToCalendar } from "./add-to-calendar.tsx";
import { StepHeading } from "./step-heading.tsx";

const halfHourMs = 30 * 60 * 1000;

/** By this computer's clock, which may be wrong: the server is asked, and says when it is time. */
const lookEveryMs = 20_000;

type TooEarlyProps = { readonly opensAt: EpochMs; readonly onLook: () => void };

/** The link is not good yet. What it leads to is told only from then on. */
export function TooEarly({ opensAt, onLook }: TooEarlyProps) {
  useEffect(() => {
    const timer = setInterval(onLook, lookEveryMs);
    return () => clearInterval(timer);
  }, [onLook]);
  return (
    <PageFrame title="Your exam">
      <StepHeading>Your link opens later</StepHeading>
      <Text>
        It leads to your exam from <strong>{formatMoment(opensAt)}</strong> on, in the time of this computer. Leave this
        page open, or come back then: it goes on by itself.
      </Text>
      <Text mt="xs">
        <a href="/check">Check this computer</a> meanwhile.
      </Text>
      <Group align="flex-start">
        <AddToCalendar
          event={{
            id: `link-${opensAt}@${window.location.host}`,
            title: "Your exam: the link opens",
            beginsAt: opensAt,
            endsAt: opensAt + halfHourMs,
          }}
        />
        <Button mt="sm" variant="default" onClick={onLook}>
          Try now
        </Button>
      </Group>
    </PageFrame>
  );
}
