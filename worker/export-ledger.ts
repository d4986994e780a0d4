import { type LedgerEntry } from "#protocol/http/ledger.ts";
import type { ledgerReader } from "./database/ledger-reader.ts";

const entriesPerRead = 500;
const columns = "number,at,kind,from,to,amount,change,balance,attempt,reverses,reason,key,model,units_in,units_out";

/**
 * [B14] The whole ledger as CSV (RFC 4180), made as it is read. Amounts are thousandths of a credit, times are UTC. Ids and codes
 * have no comma and no quote, and begin with no sign that a spreadsheet takes for a formula; nothing else is in it.
 */
export function exportLedger(reader: ReturnType<typeof ledgerReader>): ReadableStream<Uint8Array> {
  async function* chunks(): AsyncGenerator<string> {
    yield `${columns}\r\n`;
    let balance = 0;
    for (let next = 1; ;) {
      const entries = await reader.stretch(next, entriesPerRead);
      if (entries.length === 0) return;
      yield entries
        .map((entry) => {
          balance += entry.change;
          return lineOf(entry, balance);
        })
        .join("");
      next += entries.length;
    }
  }
  const made = chunks();
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await made.next();
      if (done === true) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
  });
}

function lineOf(entry: LedgerEntry, balance: number): string {
  const { number, at, kind, from, to, amount, change, attemptId, reverses, reason, key, usage } = entry;
  const { model, unitsIn, unitsOut } = usage ?? { model: null, unitsIn: null, unitsOut: null };
  const fields = [number, new Date(at).toISOString(), kind, from, to, amount, change, balance];
  const further = [attemptId, reverses, reason, key, model, unitsIn, unitsOut].map((field) => field ?? "");
  return `${[...fields, ...further].join(",")}\r\n`;
}
