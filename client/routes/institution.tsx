import { InstitutionPage } from "../manage/institution-page.tsx";

export function Component() {
  return <InstitutionPage />;
}
