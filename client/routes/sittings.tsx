import { SittingList } from "../manage/sitting-list.tsx";

export function Component() {
  return <SittingList />;
}
