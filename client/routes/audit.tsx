import { AuditPage } from "../manage/audit-page.tsx";

export function Component() {
  return <AuditPage />;
}
