import { Button, Checkbox, Group, Radio, Stack, Text, TextInput, Title } from "@mantine/core";
import { useEffect, useRef } from "react";
import type { Draft } from "#domain/exam/draft-fault.ts";
import { brand, type ExamId, type ExamVersionId } from "#domain/exam/ids.ts";
import { type PaperItem, paperOf } from "#domain/exam/paper.ts";
import { count, formatDuration } from "../ui/format-duration.ts";
import styles from "./manage.module.css";

type ExamPreviewProps = { readonly draft: Draft; readonly onClose: () => void };

/** The draft as a candidate gets it: made by the same function that leaves the answer keys out. Nothing is kept. */
export function ExamPreview({ draft, onClose }: ExamPreviewProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const paper = paperOf({ ...draft, id: brand<ExamVersionId>("preview"), examId: brand<ExamId>("preview"), number: 0 });
  const items = paper.sections.flatMap((section) => section.items);

  useEffect(() => heading.current?.focus(), []);

  return (
    <>
      <Group justify="space-between" mb="md">
        <Text c="dimmed">Preview: this is what a candidate reads. What you mark here is not kept.</Text>
        <Button variant="default" onClick={onClose}>
          Back to the editor
        </Button>
      </Group>
      <Stack gap="lg" maw="46rem" mx="auto">
        <header>
          <Title order={1} size="h2" ref={heading} tabIndex={-1}>
            {paper.title}
          </Title>
          <Text c="dimmed">
            {count(items.length, "question")},{" "}
            {Number.isNaN(paper.durationMs) ? "no duration yet" : formatDuration(paper.durationMs)}
          </Text>
          {paper.instructions === "" ? null : (
            <Text className={styles["prose"]} mt="sm">
              {paper.instructions}
            </Text>
          )}
        </header>
        {paper.sections.map((section) => (
          <section key={section.id} aria-label={section.title}>
            <Title order={2} size="h4" mb="sm">
              {section.title}
            </Title>
            <Stack gap="md">
              {section.items.map((item) => (
                <div key={item.id} className={styles["card"]}>
                  <Text fw={600} className={styles["prose"]} id={`preview-${item.id}`}>
                    {items.indexOf(item) + 1}. {item.prompt}
                  </Text>
                  <Text size="sm" c="dimmed" mb="sm">
                    {count(item.points, "point")}
                  </Text>
                  <Field item={item} />
                </div>
              ))}
            </Stack>
          </section>
        ))}
      </Stack>
    </>
  );
}

function Field({ item }: { readonly item: PaperItem }) {
  const name = `preview-${item.id}`;
  switch (item.kind) {
    case "single-choice":
      return (
        <Stack gap="xs" role="radiogroup" aria-labelledby={name}>
          {item.options.map((option) => (
            <Radio key={option.id} name={`${name}-option`} label={option.text} />
          ))}
        </Stack>
      );
    case "multiple-choice":
      return (
        <fieldset className={styles["options"]} aria-labelledby={name}>
          <Stack gap="xs">
            {item.options.map((option) => (
              <Checkbox key={option.id} label={option.text} />
            ))}
          </Stack>
        </fieldset>
      );
    case "number":
      return (
        <TextInput
          aria-labelledby={name}
          inputMode="decimal"
          w="14rem"
          rightSection={item.unit}
          rightSectionWidth={60}
        />
      );
    case "short-text":
      return <TextInput aria-labelledby={name} />;
  }
}
