import { RolesPage } from "../manage/roles-page.tsx";

export function Component() {
  return <RolesPage />;
}
