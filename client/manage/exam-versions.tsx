import { List, Text, Title } from "@mantine/core";
import type { Exam } from "#protocol/http/exam.ts";
import { formatMoment } from "../ui/format-moment.ts";
import { FrozenPolicy } from "./frozen-policy.tsx";
import styles from "./manage.module.css";

/** What was published, the latest first. */
export function ExamVersions({ versions }: { readonly versions: Exam["versions"] }) {
  return (
    <section className={styles["card"]} aria-labelledby="versions-title">
      <Title order={2} size="h4" id="versions-title" mb="xs">
        Published versions
      </Title>
      {versions.length === 0 ? (
        <Text c="dimmed" size="sm">
          None yet. Only a published version can be scheduled as a sitting.
        </Text>
      ) : (
        <List spacing={4}>
          {versions.toReversed().map(({ id, number, publishedAt, integrity }) => (
            <List.Item key={id}>
              Version {number}, {formatMoment(publishedAt)}
              <FrozenPolicy number={number} integrity={integrity} />
            </List.Item>
          ))}
        </List>
      )}
    </section>
  );
}
