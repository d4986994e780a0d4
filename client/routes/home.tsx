import { Anchor, List, Text, Title } from "@mantine/core";
import { Link } from "react-router";
import { PageFrame } from "../ui/page-frame.tsx";

/** Where somebody lands who typed the address: the two ways in. */
export function Component() {
  return (
    <PageFrame title="Invigil">
      <Title order={1} mb="sm">
        Exams, watched live
      </Title>
      <Text mb="md">There are two ways in.</Text>
      <List spacing="sm">
        <List.Item>
          <strong>You sit an exam:</strong> open the link that your institution sent you. It brings you straight to your
          place.
        </List.Item>
        <List.Item>
          <strong>You work for an institution:</strong>{" "}
          <Anchor component={Link} to="/sign-in" underline="always">
            sign in
          </Anchor>
          .
        </List.Item>
      </List>
    </PageFrame>
  );
}
