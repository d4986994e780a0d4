import { Anchor, Button, Group, NativeSelect, NumberInput, Stack, Text, TextInput, Title } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type SubmitEvent, useState } from "react";
import { Link, useNavigate } from "react-router";
import { largestCapacity, regions, usualCapacity } from "#domain/exam/rooms.ts";
import type { ExamSummary } from "#protocol/http/exam.ts";
import { sittingSchema } from "#protocol/http/sitting.ts";
import { valueOf } from "../http/request-problem-error.ts";
import { request } from "../http/request.ts";
import { queryClient } from "../sign-in/query-client.ts";
import { QueryProblem } from "../sign-in/query-problem.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { formatDuration } from "../ui/format-duration.ts";
import { formatMoment } from "../ui/format-moment.ts";
import { Loading } from "../ui/loading.tsx";
import { regionNames } from "../ui/room-words.ts";
import { keys, useExam, useExams } from "./api.ts";
import { localFieldOf, momentOfField, zoneWords } from "./local-moment.ts";
import styles from "./manage.module.css";
import { newSittingFaults } from "./new-sitting-faults.ts";
import { useNow } from "./use-now.ts";

const hourMs = 60 * 60 * 1000;

/** Chooses what is delivered, and when. */
export function ScheduleSitting({ onClose }: { readonly onClose: () => void }) {
  const exams = useExams();
  const published = exams.data?.filter(({ latestVersion }) => latestVersion !== null) ?? [];
  return (
    <section className={styles["card"]} aria-labelledby="schedule-title" style={{ marginBottom: "1.5rem" }}>
      <Title order={2} size="h4" id="schedule-title" mb="sm">
        Schedule a sitting
      </Title>
      {exams.data === undefined ? (
        exams.isError ? (
          <QueryProblem error={exams.error} onRetry={() => void exams.refetch()} />
        ) : (
          <Loading what="the exams" />
        )
      ) : published.length === 0 ? (
        <EmptyState title="No exam is published yet">
          Only a published exam can be scheduled.{" "}
          <Anchor component={Link} to="/manage/exams" underline="always">
            Go to the exams
          </Anchor>
        </EmptyState>
      ) : (
        <ScheduleForm exams={published} onClose={onClose} />
      )}
    </section>
  );
}

type ScheduleFormProps = { readonly exams: readonly ExamSummary[]; readonly onClose: () => void };

function ScheduleForm({ exams, onClose }: ScheduleFormProps) {
  const navigate = useNavigate();
  const now = useNow();
  const [examId, setExamId] = useState(exams[0]?.id ?? "");
  const [chosenVersion, setChosenVersion] = useState<string | null>(null);
  const [title, setTitle] = useState("");
  // From the next full hour on, for two hours: a start that is seldom right, and shows how the field is meant.
  const [opens, setOpens] = useState(() => localFieldOf(Math.ceil(Date.now() / hourMs) * hourMs));
  const [closes, setCloses] = useState(() => localFieldOf((Math.ceil(Date.now() / hourMs) + 2) * hourMs));
  const [roomCapacity, setRoomCapacity] = useState<number | string>(usualCapacity);
  const [region, setRegion] = useState("");
  const [isTried, setIsTried] = useState(false);
  const exam = useExam(examId);
  const summary = exams.find(({ id }) => id === examId);
  const versions = exam.data?.versions.toReversed() ?? [];
  const versionId = chosenVersion ?? summary?.latestVersion?.id ?? "";
  const opensAt = momentOfField(opens);
  const closesAt = momentOfField(closes);
  const capacity = roomCapacity === "" ? Number.NaN : Number(roomCapacity);
  const durationMs = summary?.durationMs ?? 0;
  const faults = newSittingFaults({ title, opensAt, closesAt, durationMs, roomCapacity: capacity }, now);

  const schedule = useMutation({
    mutationFn: async () => {
      const where = { roomCapacity: capacity, region: region === "" ? null : region };
      const sitting = { examVersionId: versionId, title: title.trim(), opensAt, closesAt, ...where };
      return valueOf(await request(sittingSchema, "POST", "/v1/sittings", sitting));
    },
    async onSuccess({ id }) {
      await queryClient.invalidateQueries({ queryKey: keys.sittings });
      await navigate(`/manage/sittings/${id}`);
    },
  });

  function onSubmit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    setIsTried(true);
    if (faults.title !== null) document.getElementById("sitting-title")?.focus();
    else if (faults.opens !== null) document.getElementById("sitting-opens")?.focus();
    else if (faults.closes !== null) document.getElementById("sitting-closes")?.focus();
    else if (faults.capacity !== null) document.getElementById("sitting-capacity")?.focus();
    else schedule.mutate();
  }

  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack gap="md">
        <Group gap="md" align="flex-start">
          <NativeSelect
            label="Exam"
            style={{ flex: "1 1 16rem" }}
            value={examId}
            data={exams.map((one) => ({ value: one.id, label: one.title }))}
            onChange={(event) => {
              setExamId(event.currentTarget.value);
              setChosenVersion(null);
            }}
          />
          <NativeSelect
            label="Version"
            style={{ flex: "1 1 16rem" }}
            value={versionId}
            data={
              versions.length === 0
                ? [{ value: versionId, label: `Version ${summary?.latestVersion?.number ?? ""}, the latest` }]
                : versions.map(({ id, number, publishedAt }) => ({
                    value: id,
                    label: `Version ${number}, ${formatMoment(publishedAt)}`,
                  }))
            }
            onChange={(event) => setChosenVersion(event.currentTarget.value)}
          />
        </Group>
        <TextInput
          id="sitting-title"
          label="Title of the sitting"
          description="Candidates and proctors read it, for example “Spring 2030, morning”."
          value={title}
          error={isTried ? faults.title : null}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <Group gap="md" align="flex-start">
          <TextInput
            id="sitting-opens"
            type="datetime-local"
            label="Opens"
            style={{ flex: "1 1 14rem" }}
            value={opens}
            error={isTried ? faults.opens : null}
            onChange={(event) => setOpens(event.currentTarget.value)}
          />
          <TextInput
            id="sitting-closes"
            type="datetime-local"
            label="Closes"
            style={{ flex: "1 1 14rem" }}
            value={closes}
            error={isTried ? faults.closes : null}
            onChange={(event) => setCloses(event.currentTarget.value)}
          />
        </Group>
        <Text size="sm" c="dimmed">
          Times are those of this computer: {zoneWords(opensAt ?? now)}. Within the window a candidate may begin; from
          then on everybody has the whole {summary === undefined ? "duration" : formatDuration(summary.durationMs)}.
        </Text>
        <Group gap="md" align="flex-start">
          <NumberInput
            id="sitting-capacity"
            label="Candidates in a room"
            description="With more, the sitting is held in several rooms."
            style={{ flex: "1 1 14rem" }}
            min={1}
            max={largestCapacity}
            clampBehavior="none"
            allowDecimal={false}
            value={roomCapacity}
            error={isTried ? faults.capacity : null}
            onChange={setRoomCapacity}
          />
          <NativeSelect
            label="Region"
            description="Where most candidates sit, so that they are answered fast."
            style={{ flex: "1 1 14rem" }}
            value={region}
            data={[{ value: "", label: "Anywhere" }, ...regions.map((value) => ({ value, label: regionNames[value] }))]}
            onChange={(event) => setRegion(event.currentTarget.value)}
          />
        </Group>
        {faults.hint === null ? null : <Text size="sm">⚠ {faults.hint}</Text>}
        {schedule.isError ? <QueryProblem error={schedule.error} /> : null}
        <Group>
          <Button type="submit" loading={schedule.isPending}>
            Schedule
          </Button>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
