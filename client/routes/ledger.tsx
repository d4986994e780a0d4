import { LedgerPage } from "../manage/ledger-page.tsx";

export function Component() {
  return <LedgerPage />;
}
