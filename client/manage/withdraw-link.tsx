import { Button, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { Registration } from "#protocol/http/registration.ts";
import type { Sitting } from "#protocol/http/sitting.ts";
import { valueOf } from "../http/request-problem-error.ts";
import { request } from "../http/request.ts";
import { queryClient } from "../sign-in/query-client.ts";
import { QueryProblem } from "../sign-in/query-problem.tsx";
import { announce } from "../ui/announcer.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { keys } from "./api.ts";

type WithdrawLinkProps = {
  readonly sitting: Sitting;
  readonly registration: Registration;
  readonly onClose: () => void;
};

/** Asks before a link is made void with nothing in its place. */
export function WithdrawLink({ sitting, registration: { id, name }, onClose }: WithdrawLinkProps) {
  const withdraw = useMutation({
    mutationFn: async () =>
      valueOf(await request(null, "DELETE", `/v1/sittings/${sitting.id}/registrations/${id}/link`)),
    async onSuccess() {
      await queryClient.invalidateQueries({ queryKey: keys.sitting(sitting.id) });
      announce(`The link of ${name} is withdrawn.`);
      onClose();
    },
  });
  return (
    <Dialog
      title={`Withdraw the link of ${name}?`}
      onDismiss={onClose}
      actions={
        <>
          <Button loading={withdraw.isPending} onClick={() => withdraw.mutate()}>
            Withdraw it
          </Button>
          <Button variant="default" onClick={onClose}>
            Leave it
          </Button>
        </>
      }
    >
      <Text mb="sm">
        It stops working at once. If {name} is in the exam, the page there says so and is shut within a second, while
        the clock goes on. Answers that are saved stay saved. To let {name} in again, issue a new link.
      </Text>
      {withdraw.isError ? <QueryProblem error={withdraw.error} /> : null}
    </Dialog>
  );
}
