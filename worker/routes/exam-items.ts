import { Hono } from "hono";
import * as v from "valibot";
import { addItems, mostItemsInSection, type NewItem, type NotAdded } from "#domain/exam/add-items.ts";
import type { ExamId, ItemId } from "#domain/exam/ids.ts";
import { addedItemsSchema, type ExamDraft, newItemSchema } from "#protocol/http/exam.ts";
import { idField } from "#protocol/http/field.ts";
import { itemRows, mostOptions } from "#protocol/http/item-rows.ts";
import type { RowFault } from "#protocol/http/problem.ts";
import type { AppEnv } from "../app-env.ts";
import { requirePermission } from "../auth/require-member.ts";
import { examReader } from "../database/exam-reader.ts";
import { examWriter } from "../database/exam-writer.ts";
import { describe } from "../describe.ts";
import { etagOf, momentsToMatch, takesIfMatch } from "../etag.ts";
import { newId } from "../new-id.ts";
import { problem } from "../problem.ts";
import { faultsIn, goodAmong, rowsBody } from "../rows-body.ts";
import { pathIds } from "../validate.ts";

/** Who saves at the same moment is asked again; one who saves this often at the same moment is a program. */
const mostTries = 5;

const newItems = rowsBody({
  field: "items",
  row: newItemSchema,
  rest: {},
  csv: {
    ...itemRows,
    columns: `Columns: \`section\` (its id), \`kind\`, \`prompt\`, \`points\`, \`category\`, \`id\`, and of choices \`option_1\` to \`option_${mostOptions}\` and \`partial_credit\`, of numbers \`tolerance\` and \`unit\`, of short texts \`case_sensitive\`. \`key\`: the number of the right option, or several parted by spaces; the right number; the texts that are accepted, each in a line of its own.`,
  },
});

export const examItemRoutes = new Hono<AppEnv>().post(
  "/v1/exams/:examId/items",
  describe({
    summary: "Add up to 5,000 items to the sections of the draft; each row is added, or refused by itself",
    tag: "Exams",
    hasEtag: true,
    answers: { 200: addedItemsSchema },
    problems: ["bad-request", "not-signed-in", "not-allowed", "not-found", "conflict"],
  }),
  requirePermission("write-exams"),
  takesIfMatch,
  pathIds(v.object({ examId: idField<ExamId>() })),
  newItems,
  async (c) => {
    const { home, member, acting } = c.var;
    const { examId } = c.req.valid("param");
    const { rows } = c.req.valid("json");
    const newcomers = goodAmong(rows).map(({ row, value }): NewItem => {
      const { section, id = newId<ItemId>(), ...item } = value;
      return { row, sectionId: section, item: { ...item, id } };
    });
    const seen = momentsToMatch(c);
    for (let tries = 0; tries < mostTries; tries += 1) {
      const exam = await examReader(home.database, member.tenantId).byId(examId);
      if (exam === null) return problem(c, "not-found");
      if (seen !== null && !seen.includes(exam.updatedAt)) return problem(c, "changed-meanwhile");
      const { draft, added, refused } = addItems(exam.draft, newcomers);
      if (added.length === 0) acting.enterNothing();
      const updatedAt =
        added.length === 0
          ? exam.updatedAt
          : await examWriter(home.database, acting).putDraft(examId, draft as ExamDraft, Date.now(), [exam.updatedAt]);
      if (updatedAt === null) continue;
      c.header("etag", etagOf({ updatedAt }));
      const notAdded = refused.map(({ row, why }) => ({ row, ...faultOf(why) }));
      return c.json({
        added: added.map(({ row, sectionId, item }) => ({ row, section: sectionId, itemId: item.id })),
        refused: [...faultsIn(rows), ...notAdded].toSorted((one, other) => one.row - other.row),
        updatedAt,
      });
    }
    return problem(c, "conflict");
  },
);

function faultOf(why: NotAdded): Omit<RowFault, "row"> {
  switch (why) {
    case "no-such-section":
      return { code: "not-found", detail: "The draft has no such section." };
    case "section-full":
      return { code: "refused", detail: `A section has ${mostItemsInSection} items at most, and this one is full.` };
    case "id-taken":
      return { code: "conflict", detail: "Another item has this id." };
    case "draft-full":
      return { code: "too-large", detail: "The draft is as large as a draft may be." };
    default:
      return { code: "bad-request", detail: `${why.path}: ${why.reason}.` };
  }
}
