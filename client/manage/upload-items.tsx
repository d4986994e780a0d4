import type { ExamId } from "#domain/exam/ids.ts";
import { addedItemsSchema } from "#protocol/http/exam.ts";
import { requestOnce } from "../http/request.ts";
import { queryClient } from "../sign-in/query-client.ts";
import { count } from "../ui/format-duration.ts";
import { keys } from "./api.ts";
import { itemFaultWords, itemsFile, type NamedSection } from "./items-file.ts";
import { type UploadKind, UploadRows } from "./upload-rows.tsx";

type UploadItemsProps = {
  readonly examId: ExamId;
  /** Of the draft as it is saved. */
  readonly sections: readonly NamedSection[];
  readonly onAdded: () => void;
  readonly onClose: () => void;
};

/** Many questions at once, from a file. They go into the draft as it is saved. */
export function UploadItems({ examId, sections, onAdded, onClose }: UploadItemsProps) {
  const kind: UploadKind<object> = {
    ...itemsFile(sections),
    title: "Add questions from a file",
    shown: "prompt",
    rowsAtOnce: 500,
    async send(items, name) {
      const answer = await requestOnce(addedItemsSchema, name, `/v1/exams/${examId}/items`, { items });
      if (!answer.ok) return answer;
      const { added, refused } = answer.value;
      return { ok: true, value: { taken: added, refused } };
    },
    faultWords: itemFaultWords,
    sendWords: (rows) => `Add ${count(rows, "question")}`,
    question: null,
    takenWords: (rows) =>
      rows === 0
        ? "No question was added."
        : `${count(rows, "question")} ${rows === 1 ? "was" : "were"} added to the draft.`,
  };
  return (
    <UploadRows
      kind={kind}
      onTaken={() => {
        onAdded();
        void queryClient.invalidateQueries({ queryKey: keys.exams });
      }}
      onClose={onClose}
    />
  );
}
