import { Button, Group } from "@mantine/core";
import { ProblemNotice } from "../ui/problem-notice.tsx";

type SavedByOthersProps = { readonly onTakeTheirs: () => void; readonly onKeepMine: () => void };

/** Two people wrote at once: whoever saves last says which of the two stays. */
export function SavedByOthers({ onTakeTheirs, onKeepMine }: SavedByOthersProps) {
  return (
    <ProblemNotice title="Somebody else saved this exam meanwhile">
      Nothing of yours is saved yet. Load what they saved, which drops your changes since you last saved; or save yours,
      which replaces theirs.
      <Group mt="sm" gap="xs">
        <Button variant="default" onClick={onTakeTheirs}>
          Load theirs
        </Button>
        <Button variant="default" onClick={onKeepMine}>
          Save mine over theirs
        </Button>
      </Group>
    </ProblemNotice>
  );
}
