import { Button, Text } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Accommodations as Arranged } from "#domain/exam/accommodation.ts";
import { accommodationListSchema, accommodationsSchema } from "#protocol/http/accommodation.ts";
import type { Registration } from "#protocol/http/registration.ts";
import type { Sitting } from "#protocol/http/sitting.ts";
import { valueOf } from "../http/request-problem-error.ts";
import { request } from "../http/request.ts";
import { queryClient } from "../sign-in/query-client.ts";
import { announce } from "../ui/announcer.tsx";
import { allowanceWords, exceptionWords } from "../ui/accommodation-words.ts";
import { AccommodationsForm } from "./accommodations-form.tsx";
import { keys } from "./api.ts";

type AccommodationsProps = {
  readonly sittingId: Sitting["id"];
  readonly registration: Registration;
};

const nothing: Arranged = { allowances: [], exceptions: [] };

/** What is arranged for one candidate, and the way to change it. */
export function Accommodations({ sittingId, registration }: AccommodationsProps) {
  const [isOpen, setIsOpen] = useState(false);
  const all = useQuery({
    queryKey: keys.accommodations(sittingId),
    queryFn: async ({ signal }) =>
      valueOf(
        await request(accommodationListSchema, "GET", `/v1/sittings/${sittingId}/accommodations`, undefined, signal),
      ),
  });
  const arranged = all.data?.accommodations.find(({ registrationId }) => registrationId === registration.id) ?? nothing;
  const arrange = useMutation({
    mutationFn: async (wanted: Arranged) => {
      const path = `/v1/sittings/${sittingId}/registrations/${registration.id}/accommodations`;
      return valueOf(await request(accommodationsSchema, "PUT", path, wanted));
    },
    async onSuccess() {
      setIsOpen(false);
      announce("Saved.");
      await queryClient.invalidateQueries({ queryKey: keys.accommodations(sittingId) });
    },
  });
  const words = [
    ...arranged.allowances.map(allowanceWords),
    ...arranged.exceptions.map(({ kind }) => exceptionWords(kind)),
  ];
  return (
    <>
      {words.length === 0 ? null : <Text size="sm">{words.join("; ")}</Text>}
      <Button
        size="xs"
        variant="default"
        loading={all.isPending}
        aria-label={`Arrange … for ${registration.name}`}
        onClick={() => setIsOpen(true)}
      >
        Arrange …
      </Button>
      {isOpen ? (
        <AccommodationsForm
          name={registration.name}
          arranged={arranged}
          isSaving={arrange.isPending}
          error={arrange.error}
          onSave={(wanted) => arrange.mutate(wanted)}
          onClose={() => {
            setIsOpen(false);
            arrange.reset();
          }}
        />
      ) : null}
    </>
  );
}
