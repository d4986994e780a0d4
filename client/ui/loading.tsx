import { Group, Loader, Text } from "@mantine/core";

/** `what` completes the sentence "Loading …". */
export function Loading({ what }: { readonly what: string }) {
  return (
    <Group component="output" p="xl" gap="sm">
      <Loader size="sm" aria-hidden />
      <Text>Loading {what} …</Text>
    </Group>
  );
}
