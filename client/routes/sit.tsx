import { EmptyState } from "../ui/empty-state.tsx";

export function Component() {
  return <EmptyState title="This page is being built">There is nothing here yet.</EmptyState>;
}
