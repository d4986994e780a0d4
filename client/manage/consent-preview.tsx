import { Text, Title } from "@mantine/core";
import { consentTextOf } from "#domain/exam/consent.ts";
import type { IntegrityPolicy } from "#domain/integrity/policy.ts";

type ConsentPreviewProps = { readonly title: string; readonly policy: IntegrityPolicy };

/** The very text that candidates of this draft would consent to. */
export function ConsentPreview({ title, policy }: ConsentPreviewProps) {
  const version = { title, integrity: policy };
  const { points } = consentTextOf(version);
  return (
    <>
      {points.map(({ heading, text }) => (
        <div key={heading}>
          <Title order={3} size="h6" mt="sm">
            {heading}
          </Title>
          <Text size="sm">{text}</Text>
        </div>
      ))}
    </>
  );
}
