import { Anchor, Text, Title } from "@mantine/core";
import { Link } from "react-router";
import { PageFrame } from "../ui/page-frame.tsx";

export function Component() {
  return (
    <PageFrame title="Not found">
      <Title order={1} size="h2" mb="sm">
        There is no page at this address
      </Title>
      <Text>
        Check the address, or open the link again that you were sent.{" "}
        <Anchor component={Link} to="/" underline="always">
          Go to the start
        </Anchor>
      </Text>
    </PageFrame>
  );
}
