import { Anchor, Button, Group, NumberInput, Radio, Stack, Text, Textarea, TextInput, Title } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { Link } from "react-router";
import { can } from "#domain/access/permission.ts";
import { policyFrom } from "#domain/integrity/policy.ts";
import { takeOverOf, timingOf } from "#domain/exam/exam-version.ts";
import { type Exam, examSchema, examVersionSummarySchema } from "#protocol/http/exam.ts";
import { valueOf } from "../http/request-problem-error.ts";
import { request } from "../http/request.ts";
import { problemIn, useMe } from "../sign-in/me.ts";
import { queryClient } from "../sign-in/query-client.ts";
import { QueryProblem } from "../sign-in/query-problem.tsx";
import { announce } from "../ui/announcer.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Loading } from "../ui/loading.tsx";
import { ProblemNotice } from "../ui/problem-notice.tsx";
import { keys } from "./api.ts";
import { type DraftMessages, messagesWithin, publishingMessages, savingMessages } from "./draft-messages.ts";
import { ExamPreview } from "./exam-preview.tsx";
import { ExamVersions } from "./exam-versions.tsx";
import styles from "./manage.module.css";
import { PolicyEditor } from "./policy-editor.tsx";
import { TimingFields } from "./timing-fields.tsx";
import { SectionCard } from "./section-card.tsx";
import { SavedByOthers } from "./saved-by-others.tsx";
import { UnsavedGuard } from "./unsaved-guard.tsx";
import { useDraft } from "./use-draft.ts";

const LazyUpload = lazy(() => import("./upload-items.tsx").then((part) => ({ default: part.UploadItems })));

const minuteMs = 60_000;
const none: DraftMessages = new Map();

/** Which of the draft's demands are shown beside the fields: none before the author wanted to go on. */
type Wanted = "nothing" | "save" | "publish";

/** Writes one exam: the draft can be changed at any time, a published version never. */
export function ExamEditor({ exam }: { readonly exam: Exam }) {
  const me = useMe();
  const mayWrite = can(me, "write-exams");
  const edit = useDraft(exam.draft);
  const { draft, setDraft } = edit;
  const [saved, setSaved] = useState(JSON.stringify(exam.draft));
  const [seenAt, setSeenAt] = useState(exam.updatedAt);
  const [versions, setVersions] = useState(exam.versions);
  const [wanted, setWanted] = useState<Wanted>("nothing");
  const [isPreview, setIsPreview] = useState(false);
  const [isPublishing, setIsPublishing] = useState(false);
  const [uploading, setUploading] = useState<"no" | "begun" | "added">("no");
  const isChanged = JSON.stringify(draft) !== saved;
  const messages = wanted === "nothing" ? none : wanted === "save" ? savingMessages(draft) : publishingMessages(draft);

  const save = useMutation({
    mutationFn: async (isOver: boolean) => {
      const sent = JSON.stringify(draft);
      const ifMatch = isOver ? undefined : `"${seenAt}"`;
      const after = await request(examSchema, "PUT", `/v1/exams/${exam.id}`, draft, undefined, ifMatch);
      return { sent, updatedAt: valueOf(after).updatedAt };
    },
    async onSuccess({ sent, updatedAt }) {
      setSaved(sent);
      setSeenAt(updatedAt);
      announce("Saved.");
      await queryClient.invalidateQueries({ queryKey: keys.exams });
    },
  });
  const publish = useMutation({
    mutationFn: async () => {
      if (isChanged) await save.mutateAsync(false);
      return valueOf(await request(examVersionSummarySchema, "POST", `/v1/exams/${exam.id}/versions`));
    },
    async onSuccess(version) {
      const integrity = policyFrom(draft.policy, draft.policyChanges);
      setVersions((before) => [...before, { ...version, integrity }]);
      setIsPublishing(false);
      setWanted("nothing");
      announce(`Published as version ${version.number}.`);
      await queryClient.invalidateQueries({ queryKey: keys.exams });
    },
  });

  /** Shows what is missing and opens the questions it is missing in; true when nothing is. */
  function isReadyTo(act: "save" | "publish"): boolean {
    const found = act === "save" ? savingMessages(draft) : publishingMessages(draft);
    setWanted(act);
    if (found.size === 0) return true;
    const faulty = draft.sections.flatMap((section, s) =>
      section.items.filter((_, i) => messagesWithin(found, `sections[${s}].items[${i}]`).size > 0),
    );
    edit.openAll(faulty.map(({ id }) => id));
    requestAnimationFrame(() => document.getElementById("faults")?.focus());
    return false;
  }

  /** What was added is in the draft that is saved, and is read from there: the editor begins anew with it. */
  async function leaveUpload() {
    if (uploading === "added") await queryClient.refetchQueries({ queryKey: keys.exam(exam.id) });
    setUploading("no");
  }

  if (isPreview) return <ExamPreview draft={draft} onClose={() => setIsPreview(false)} />;
  if (uploading !== "no") {
    return (
      <Suspense fallback={<Loading what="the form" />}>
        <Title order={1} size="h2" mb="md">
          {draft.title}
        </Title>
        <LazyUpload
          examId={exam.id}
          sections={draft.sections}
          onAdded={() => setUploading("added")}
          onClose={() => void leaveUpload()}
        />
      </Suspense>
    );
  }
  const starts = draft.sections.map((_, at) =>
    draft.sections.slice(0, at).reduce((sum, one) => sum + one.items.length, 1),
  );
  return (
    <>
      <UnsavedGuard isUnsaved={isChanged} />
      <Anchor component={Link} to="/manage/exams" size="sm">
        All exams
      </Anchor>
      <Title order={1} size="h2" mt={4} mb="md">
        {draft.title.trim() === "" ? "Exam without a title" : draft.title}
      </Title>
      {messages.size === 0 ? null : (
        <div id="faults" tabIndex={-1} style={{ marginBottom: "1rem" }}>
          <ProblemNotice title={wanted === "save" ? "This cannot be saved yet" : "This cannot be published yet"}>
            {messages.size === 1 ? "One field needs" : `${messages.size} fields need`} something. What to do stands
            beside each{messages.has("sections") ? `. ${messages.get("sections") ?? ""}` : "."}
          </ProblemNotice>
        </div>
      )}
      <Stack gap="lg">
        <section className={styles["card"]} aria-label="About the exam">
          <Stack gap="md">
            <TextInput
              label="Title"
              value={draft.title}
              error={messages.get("title")}
              onChange={(event) => setDraft({ ...draft, title: event.currentTarget.value })}
            />
            <Textarea
              label="Instructions"
              description="Candidates read them before the first question. A blank line begins a new paragraph."
              autosize
              minRows={3}
              maxRows={14}
              value={draft.instructions}
              error={messages.get("instructions")}
              onChange={(event) => setDraft({ ...draft, instructions: event.currentTarget.value })}
            />
            <NumberInput
              label="Duration in minutes"
              w="11rem"
              min={1}
              max={720}
              allowDecimal={false}
              value={Number.isNaN(draft.durationMs) ? "" : draft.durationMs / minuteMs}
              error={messages.get("durationMs")}
              onChange={(value) =>
                setDraft({ ...draft, durationMs: typeof value === "number" ? value * minuteMs : Number.NaN })
              }
            />
            <TimingFields
              timing={timingOf(draft)}
              messages={messagesWithin(messages, "timing")}
              onChange={(timing) => setDraft({ ...draft, timing })}
            />
            <Radio.Group
              label="When a candidate has to change the computer"
              description="With the same link, in the middle of the exam. The proctor is told in either case."
              value={takeOverOf(draft)}
              onChange={(value) => setDraft({ ...draft, takeOver: value === "candidate" ? "candidate" : "proctor" })}
            >
              <Stack gap="xs" mt="xs">
                <Radio value="proctor" label="The proctor is asked, and lets the exam go on there or refuses" />
                <Radio value="candidate" label="The candidate goes on there alone, after a new device check" />
              </Stack>
            </Radio.Group>
          </Stack>
        </section>
        <PolicyEditor draft={draft} isReadOnly={!mayWrite} onChange={setDraft} />
        {draft.sections.map((section, index) => (
          <SectionCard
            key={section.id}
            section={section}
            isFirst={index === 0}
            isLast={index === draft.sections.length - 1}
            firstNumber={starts[index] ?? 1}
            openItems={edit.openItems}
            messages={messagesWithin(messages, `sections[${index}]`)}
            actions={edit.sectionActions}
            itemActions={edit.itemActions}
          />
        ))}
        <Group>
          <Button variant="default" disabled={draft.sections.length >= 20} onClick={() => edit.addSection()}>
            Add a section
          </Button>
          {mayWrite && draft.sections.length > 0 ? (
            <>
              <Button variant="default" disabled={isChanged} onClick={() => setUploading("begun")}>
                Add questions from a file
              </Button>
              {isChanged ? <Text size="sm">Save the draft before you add a file to it.</Text> : null}
            </>
          ) : null}
        </Group>
        <ExamVersions versions={versions} />
      </Stack>
      {save.isError && !isPublishing ? (
        problemIn(save.error)?.code === "changed-meanwhile" ? (
          <SavedByOthers
            onTakeTheirs={() => void queryClient.refetchQueries({ queryKey: keys.exam(exam.id) })}
            onKeepMine={() => save.mutate(true)}
            onDismiss={() => save.reset()}
          />
        ) : (
          <QueryProblem error={save.error} onRetry={() => save.mutate(false)} />
        )
      ) : null}
      <div className={styles["bar"]}>
        {mayWrite ? (
          <>
            <Button
              loading={save.isPending}
              disabled={!isChanged}
              onClick={() => (isReadyTo("save") ? save.mutate(false) : undefined)}
            >
              Save draft
            </Button>
            <Button variant="default" onClick={() => (isReadyTo("publish") ? setIsPublishing(true) : undefined)}>
              Publish …
            </Button>
          </>
        ) : null}
        <Button variant="default" onClick={() => setIsPreview(true)}>
          Preview
        </Button>
        <Text size="sm" c="dimmed">
          {!mayWrite ? "You may read this exam, not change it." : isChanged ? "Not saved yet" : "Everything is saved"}
        </Text>
        {edit.removed === null ? null : (
          <Group gap="xs" ml="auto">
            <Text size="sm">{edit.removed.kind === "item" ? "Question deleted." : "Section deleted."}</Text>
            <Button id="undo-removal" size="xs" variant="default" onClick={() => edit.undoRemoval()}>
              Undo
            </Button>
          </Group>
        )}
      </div>
      {isPublishing ? (
        <Dialog
          title={`Publish version ${(versions.at(-1)?.number ?? 0) + 1}?`}
          onDismiss={() => setIsPublishing(false)}
          actions={
            <>
              <Button loading={publish.isPending} onClick={() => publish.mutate()}>
                Publish
              </Button>
              <Button variant="default" onClick={() => setIsPublishing(false)}>
                Not yet
              </Button>
            </>
          }
        >
          <Text mb="sm">
            A published version never changes again: it is what candidates sit and what they are scored by. You can go
            on with the draft and publish another version later; sittings that are scheduled keep theirs.
          </Text>
          {publish.isError ? <QueryProblem error={publish.error} /> : null}
        </Dialog>
      ) : null}
    </>
  );
}
