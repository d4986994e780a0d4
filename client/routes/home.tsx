import { Anchor, List, Text, Title } from "@mantine/core";
import { useEffect } from "react";
import { Link, useNavigate } from "react-router";
import { readMe } from "../sign-in/me.ts";
import { placeOf } from "../sign-in/place-of.ts";
import { PageFrame } from "../ui/page-frame.tsx";

/** Where somebody lands who typed the address: the two ways in, and the check. Who is signed in is sent to their work. */
export function Component() {
  const navigate = useNavigate();
  useEffect(() => {
    readMe().then(
      (me) => (me === null ? undefined : navigate(placeOf(me.permissions), { replace: true })),
      () => undefined, // No answer, or a broken one: the two ways in stay, and the sign-in page says what is wrong.
    );
  }, [navigate]);
  return (
    <PageFrame title="Invigil">
      <Title order={1} mb="sm">
        Exams, watched live
      </Title>
      <Text mb="md">There are two ways in, and a check before.</Text>
      <List spacing="sm">
        <List.Item>
          <strong>You sit an exam:</strong> open the link that your institution sent you. It brings you straight to your
          place.
        </List.Item>
        <List.Item>
          <strong>Your exam is in some days:</strong>{" "}
          <Anchor component={Link} to="/check" underline="always">
            check your computer
          </Anchor>{" "}
          now, without a link or an account.
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
