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
import { FreshForm } from "./fresh-form.tsx";

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
  const path = `/v1/sittings/${sittingId}/registrations/${registration.id}/accommodations`;
  const arrange = useMutation({
    mutationFn: async ({ wanted, etag }: { readonly wanted: Arranged; readonly etag: string | undefined }) =>
      valueOf(await request(accommodationsSchema, "PUT", path, wanted, undefined, etag)),
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
        <FreshForm
          title={`Arranged for ${registration.name}`}
          schema={accommodationsSchema}
          path={path}
          onClose={() => setIsOpen(false)}
        >
          {({ value, etag }, reread) => (
            <AccommodationsForm
              name={registration.name}
              arranged={value}
              isSaving={arrange.isPending}
              error={arrange.error}
              onSave={(wanted) => arrange.mutate({ wanted, etag })}
              onReread={() => {
                arrange.reset();
                reread();
              }}
              onClose={() => {
                setIsOpen(false);
                arrange.reset();
              }}
            />
          )}
        </FreshForm>
      ) : null}
    </>
  );
}
