import { Anchor } from "@mantine/core";
import { Link } from "react-router";
import { EmptyState } from "../ui/empty-state.tsx";
import { PageFrame } from "../ui/page-frame.tsx";

export function Component() {
  return (
    <PageFrame title="Not found">
      <EmptyState title="There is no page at this address">
        Check the address, or open the link again that you were sent.{" "}
        <Anchor component={Link} to="/" underline="always">
          Go to the start
        </Anchor>
      </EmptyState>
    </PageFrame>
  );
}
