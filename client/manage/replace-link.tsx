import { Button, Checkbox, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { AskedTimes } from "#domain/access/guest-link.ts";
import { type IssuedLink, issuedLinksSchema, type Registration } from "#protocol/http/registration.ts";
import type { Sitting } from "#protocol/http/sitting.ts";
import { valueOf } from "../http/request-problem-error.ts";
import { request } from "../http/request.ts";
import { queryClient } from "../sign-in/query-client.ts";
import { QueryProblem } from "../sign-in/query-problem.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { keys } from "./api.ts";
import { askedTimesOf, LinkTimes, usualTimes } from "./link-times.tsx";
import { useNow } from "./use-now.ts";

type ReplaceLinkProps = {
  readonly sitting: Sitting;
  readonly registration: Registration;
  readonly onIssued: (links: readonly IssuedLink[]) => void;
  readonly onClose: () => void;
};

/** Asks before a new link takes the place of the old one. */
export function ReplaceLink({ sitting, registration: { id, name, email, link }, onIssued, onClose }: ReplaceLinkProps) {
  const now = useNow();
  const [typed, setTyped] = useState(usualTimes);
  const [isMailed, setIsMailed] = useState(true);
  const asked = askedTimesOf(typed, now);
  const replace = useMutation({
    mutationFn: async (times: AskedTimes) => {
      const path = `/v1/sittings/${sitting.id}/registrations/${id}/link`;
      const body = { ...times, sendByEmail: isMailed && email !== null };
      return valueOf(await request(issuedLinksSchema, "POST", path, body));
    },
    async onSuccess({ links }) {
      onIssued(links);
      await queryClient.invalidateQueries({ queryKey: keys.sitting(sitting.id) });
    },
  });
  return (
    <Dialog
      title={`Issue a new link for ${name}?`}
      onDismiss={onClose}
      actions={
        <>
          <Button
            loading={replace.isPending}
            disabled={typeof asked === "string"}
            onClick={() => (typeof asked === "string" ? undefined : replace.mutate(asked))}
          >
            Issue a new link
          </Button>
          <Button variant="default" onClick={onClose}>
            {link.revokedAt === null ? "Keep the old one" : "Cancel"}
          </Button>
        </>
      }
    >
      <Text mb="sm">
        {link.revokedAt === null
          ? `The link that ${name} has stops working at once, and so does the browser that the exam is open in. `
          : `The link that ${name} had is withdrawn. `}
        Answers that are saved stay saved. With the new link {name} goes on in the next browser that opens it, also on
        another computer.
      </Text>
      <LinkTimes typed={typed} onChange={setTyped} />
      {email === null ? null : (
        <Checkbox
          mt="sm"
          label={`Send it to ${email}`}
          description="You see the link here all the same."
          checked={isMailed}
          onChange={(event) => setIsMailed(event.currentTarget.checked)}
        />
      )}
      {replace.isError ? <QueryProblem error={replace.error} /> : null}
    </Dialog>
  );
}
