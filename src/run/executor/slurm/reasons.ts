/** Why pilots wait, in words: Slurm's reason codes (`squeue` manual, JOB REASON CODES), grouped. */

/** What a reason says; `mend` where waiting will not help, and what will. */
interface Meaning {
  readonly says: string;
  readonly mend?: string;
}

const exact: Readonly<Record<string, Meaning>> = {
  None: { says: "not looked at yet" },
  Resources: { says: "waiting for free nodes" },
  Priority: { says: "jobs of higher priority come first" },
  JobArrayTaskLimit: { says: "as many run as the array may at once" },
  BeginTime: { says: "starts again after the pause that follows a lost node" },
  Cleaning: { says: "its last attempt is being cleaned up" },
  JobHeldUser: { says: "held by you; 'scontrol release' lets them go" },
  JobHeldAdmin: { says: "held by an administrator, who alone can release them" },
  Licenses: { says: "waiting for a licence" },
  Reservation: { says: "waiting for its reservation to begin" },
  ReqNodeNotAvail: { says: "nodes are down, drained or reserved" },
  NodeDown: { says: "a node is down" },
  PartitionDown: { says: "the partition takes no jobs now" },
  PartitionInactive: { says: "the partition is inactive" },
  PartitionTimeLimit: { says: "asks for more time than the partition gives", mend: "a shorter --time" },
  PartitionNodeLimit: { says: "asks for more than the partition gives", mend: "fewer --cores" },
  PartitionConfig: {
    says: "asks for more than a node of the partition has, or than the partition allows",
    mend: "fewer --cores, less --memory or a shorter --time",
  },
  BadConstraints: { says: "no node can satisfy it", mend: "fewer --cores or less --memory" },
  InvalidAccount: { says: "the account is not valid", mend: "another one in SBATCH_ACCOUNT" },
  InvalidQOS: { says: "the quality of service is not valid", mend: "another one in SBATCH_QOS" },
  DependencyNeverSatisfied: { says: "waits for a job that failed", mend: "no dependency in SBATCH_*" },
};

/** Slurm tried, and holds a job after it: in the description of its state, in words, instead of a code. */
const held: Meaning = {
  says: "could not be started on its node, and is held",
  mend: "nodes that work: 'sinfo -R' says what ails these",
};

const patterns: readonly (readonly [RegExp, Meaning])[] = [
  [/^launch[ _](failed|failure limit exceeded)[ _]requeued[ _]held/, held],
  [
    /^job[ _]requeued[ _]in[ _]held[ _]state/,
    { says: "was sent back to wait; 'scontrol release' lets them go" },
  ],
  [/^Nodes[ _]required[ _]for[ _]job[ _]are/, exact["ReqNodeNotAvail"]],
  [
    /^(QOS|Assoc)MaxWallDurationPerJob/,
    { says: "asks for more time than you may", mend: "a shorter --time" },
  ],
  [/^(QOS|Assoc)Max\w+PerJob/, { says: "asks for more than you may", mend: "fewer --cores, less --memory" }],
  [/^(QOS|Assoc)Max/, { says: "you use as much at once as your limits allow" }],
  [/^(QOS|Assoc)Grp\w*Minutes/, { says: "the account's budget of computing time is used up" }],
  [/^(QOS|Assoc)Grp/, { says: "the account uses as much at once as it may" }],
];

function meaningOf(reason: string): Meaning {
  const code = reason.split(/[,:( ]/)[0];
  if (Object.hasOwn(exact, code)) return exact[code];
  return patterns.find(([pattern]) => pattern.test(reason))?.[1] ?? { says: "see 'man squeue'" };
}

/** Pilots that wait for one reason. */
export interface WaitingGroup extends Meaning {
  readonly reason: string;
  readonly count: number;
}

/** The reasons of waiting pilots, the most frequent first. */
export function grouped(reasons: readonly string[]): WaitingGroup[] {
  const counts = new Map<string, number>();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts]
    .map(([reason, count]) => ({ reason, count, ...meaningOf(reason) }))
    .sort((a, b) => b.count - a.count);
}

/** `3 wait: jobs of higher priority come first (Priority)`. */
export const waitingLine = ({ reason, count, says }: WaitingGroup): string =>
  `${count} wait${count === 1 ? "s" : ""}: ${says} (${reason})`;
