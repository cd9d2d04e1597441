/**
 * A real Slurm cluster of several emulated nodes on this host: munged, slurmctld and a slurmd a node, in a folder and
 * on ports of its own, without systemd, cgroups or accounting. What it starts it also breaks, as nodes and networks do.
 */

import { execFile, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** Seconds after which what does not come is given up: the longest command takes one and a half minutes. */
export const PATIENCE = 300;

const path = `${process.env["PATH"] ?? ""}:/usr/sbin:/sbin`;
const run = (program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
  spawnSync(program, args, {
    encoding: "utf8",
    env: { ...process.env, PATH: path, ...env },
    timeout: PATIENCE * 1000,
  });

/** Whether Slurm is on this machine; CI has to have it. */
export const hasSlurm = ["slurmctld", "slurmd", "munged"].every(
  (daemon) => run("which", [daemon]).status === 0,
);

export interface Options {
  readonly nodes: number;
  /** Of a node. */
  readonly cores: number;
  readonly maxArraySize: number;
  /** The last node has a network of its own, which `partition` cuts. */
  readonly isolated?: boolean;
}

export interface Cluster {
  /** What Slurm's programs need to find it; `squeue` is one that writes down when it is called, and by whom. */
  readonly env: NodeJS.ProcessEnv;
  /** Runs a program of Slurm. */
  slurm(program: string, ...args: string[]): string;
  /** Kills a node with all that runs on it, or only its slurmd; it is gone then. */
  crash(node: string, what: "all" | "slurmd"): Promise<void>;
  /** What runs on a node stops, or goes on. */
  signalTasks(node: string, signal: "SIGSTOP" | "SIGCONT"): void;
  /** Starts what was crashed, and waits until all nodes are there. */
  mend(): Promise<void>;
  signalController(signal: "SIGSTOP" | "SIGCONT" | "SIGKILL"): void;
  /** The next answer of sbatch is lost on its way. */
  loseAnswer(): void;
  /** Cuts, or joins, the network between the controller and the isolated node. */
  link(state: "up" | "down"): void;
  /** Seconds of a monotonic clock at which `squeue` was called, by process. */
  squeueCalls(): Map<string, number[]>;
  stop(): Promise<void>;
}

function environmentOf(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, "utf8").split("\0");
  } catch {
    return []; // ended, or not ours
  }
}
const commandOf = (pid: string): string => {
  try {
    return readFileSync(`/proc/${pid}/comm`, "utf8").trim();
  } catch {
    return "";
  }
};
/** Processes with a variable of the environment, by exact words: a cluster's own are told by its SLURM_CONF. */
const processesWith = (...words: readonly string[]): string[] =>
  readdirSync("/proc").filter((pid) => {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) return false;
    const environment = environmentOf(pid);
    return words.every((word) => environment.includes(word));
  });
const kill = (pid: string | number, signal: NodeJS.Signals): void => {
  try {
    process.kill(Number(pid), signal);
  } catch {
    // it has ended
  }
};

/** A network of a node: its own, joined to the host's by a pair of interfaces. */
interface Net {
  readonly name: string;
  readonly host: string;
  readonly node: string;
}

function openNet(place: number): Net {
  const name = `eq${randomBytes(3).toString("hex")}`;
  const third = 1 + (place % 250);
  const net = { name, host: `10.231.${third}.1`, node: `10.231.${third}.2` };
  const ip = (...args: string[]): void => {
    const { status, stderr } = run("ip", args);
    if (status !== 0) throw new Error(`ip ${args.join(" ")}: ${stderr}`);
  };
  ip("netns", "add", name);
  ip("link", "add", `${name}h`, "type", "veth", "peer", "name", `${name}n`);
  ip("link", "set", `${name}n`, "netns", name);
  ip("addr", "add", `${net.host}/24`, "dev", `${name}h`);
  ip("link", "set", `${name}h`, "up");
  ip("netns", "exec", name, "ip", "addr", "add", `${net.node}/24`, "dev", `${name}n`);
  ip("netns", "exec", name, "ip", "link", "set", `${name}n`, "up");
  ip("netns", "exec", name, "ip", "link", "set", "lo", "up");
  return net;
}

function configuration(
  dir: string,
  { nodes, cores, maxArraySize }: Options,
  net: Net | null,
  place: number,
): string {
  const port = 21_000 + (place % 3000) * 8;
  const user = userInfo().username;
  const node = (k: number): string => {
    const address = net !== null && k === nodes ? net.node : "127.0.0.1";
    return `NodeName=n${k} NodeHostname=${hostname()} NodeAddr=${address} Port=${port + k} CPUs=${cores} RealMemory=4000 State=UNKNOWN`;
  };
  return `ClusterName=test
SlurmctldHost=${hostname()}(${net?.host ?? "127.0.0.1"})
SlurmctldPort=${port}
SlurmUser=${user}
SlurmdUser=${user}
AuthType=auth/munge
CryptoType=crypto/munge
# cred_expire is also the wait before a requeued job may start again
AuthInfo=socket=${dir}/run/munge.socket,cred_expire=5
SlurmctldPidFile=${dir}/run/slurmctld.pid
SlurmdPidFile=${dir}/run/slurmd-%n.pid
SlurmctldLogFile=${dir}/log/slurmctld.log
SlurmdLogFile=${dir}/log/slurmd-%n.log
StateSaveLocation=${dir}/spool/ctld
SlurmdSpoolDir=${dir}/spool/%n
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/linux
JobAcctGatherFrequency=2
JobAcctGatherParams=OverMemoryKill
MpiDefault=none
MailProg=/bin/true
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
SlurmdParameters=config_overrides
ReturnToService=2
JobRequeue=1
MaxArraySize=${maxArraySize}
SlurmctldTimeout=30
SlurmdTimeout=10
MessageTimeout=5
KillWait=3
BatchStartTimeout=10
UnkillableStepTimeout=10
SchedulerType=sched/backfill
SchedulerParameters=batch_sched_delay=0,sched_interval=2,bf_interval=2
AccountingStorageType=accounting_storage/none
${Array.from({ length: nodes }, (_, k) => node(k + 1)).join("\n")}
PartitionName=main Nodes=ALL Default=YES MaxTime=60 DefaultTime=10 DefMemPerCPU=100 State=UP
`;
}

export const until = async (done: () => boolean | Promise<boolean>, seconds = PATIENCE): Promise<void> => {
  for (const end = performance.now() + seconds * 1000; !(await done()); await sleep(50))
    if (performance.now() > end) throw new Error(`did not come in ${seconds} s: ${String(done)}`);
};

/**
 * Programs before the real ones: a `squeue` that notes the time and its caller, and an `sbatch` whose answer is lost
 * once where the file `lose` is there: the job is submitted all the same.
 */
function wrappers(dir: string): string {
  const bin = join(dir, "bin");
  mkdirSync(bin);
  const wrap = (name: string, before: (real: string) => string): void => {
    const real = run("which", [name]).stdout.trim();
    writeFileSync(join(bin, name), `#!/bin/sh\n${before(real)}\nexec ${real} "$@"\n`, { mode: 0o755 });
  };
  wrap("squeue", () => `cut -d" " -f1 /proc/uptime | sed "s/^/$PPID /" >> ${dir}/squeue-calls`);
  const lost = "sbatch: error: Batch job submission failed: Socket timed out on send/recv operation";
  const lose = (real: string): string => `${real} "$@" >/dev/null; echo "${lost}" >&2; exit 1`;
  wrap("sbatch", (real) => `if rm ${dir}/lose 2>/dev/null; then ${lose(real)}; fi`);
  return bin;
}

let begun = 0;

export async function startCluster(options: Options): Promise<Cluster> {
  const place = process.pid * 4 + (begun++ % 4); // of up to four clusters of a process no two have a port in common
  const dir = mkdtempSync(join(tmpdir(), "equihard-slurm-"));
  for (const folder of ["etc", "run", "log", "spool/ctld"]) mkdirSync(join(dir, folder), { recursive: true });
  const net = options.isolated === true ? openNet(place) : null;
  const conf = join(dir, "etc", "slurm.conf");
  writeFileSync(conf, configuration(dir, options, net, place));
  writeFileSync(join(dir, "etc", "cgroup.conf"), "CgroupAutomount=no\n");
  writeFileSync(join(dir, "etc", "munge.key"), randomBytes(128), { mode: 0o600 });
  const bin = wrappers(dir);
  const own = { SLURM_CONF: conf };
  const env = { ...process.env, ...own, PATH: `${bin}:${path}` };
  const names = Array.from({ length: options.nodes }, (_, k) => `n${k + 1}`);
  const pidOf = (daemon: string): number => {
    const file = join(dir, "run", `${daemon}.pid`);
    const pid = existsSync(file) ? readFileSync(file, "utf8").trim() : "";
    return commandOf(pid) === daemon.split("-")[0] ? Number(pid) : 0;
  };
  const slurm = (program: string, ...args: string[]): string => {
    const { status, stdout, stderr } = run(program, args, own);
    if (status !== 0) throw new Error(`${program} ${args.join(" ")}: ${stderr}`);
    return stdout;
  };
  /** What a program prints, whatever it ends with: it may wait for what is down, and other clusters' tests go on. */
  const printed = (program: string, ...args: string[]): Promise<string> =>
    new Promise((done) => {
      execFile(program, args, { env: { ...process.env, ...own, PATH: path } }, (_, stdout) => done(stdout));
    });
  const mend = async (): Promise<void> => {
    if (pidOf("slurmctld") === 0) run("slurmctld", [], own);
    await until(async () => (await printed("scontrol", "ping")).includes("is UP"));
    for (const [k, name] of names.entries()) {
      if (pidOf(`slurmd-${name}`) !== 0) continue;
      mkdirSync(join(dir, "spool", name), { recursive: true });
      if (net !== null && k === names.length - 1)
        run("nsenter", [`--net=/run/netns/${net.name}`, "slurmd", "-N", name], own); // "ip netns exec" hides cgroups
      else run("slurmd", ["-N", name], own);
    }
    const up = async (): Promise<boolean> =>
      ((await printed("sinfo", "-h", "-N", "-o", "%t")).match(/^(idle|mix|alloc|comp)$/gm) ?? []).length ===
      names.length;
    await until(up);
  };
  const tasksOn = (node: string): string[] => processesWith(`SLURM_CONF=${conf}`, `SLURMD_NODENAME=${node}`);
  const munge = join(dir, "run", "munge");
  const munged = ["--force", `--key-file=${dir}/etc/munge.key`, `--socket=${munge}.socket`];
  const files = [`--pid-file=${munge}d.pid`, `--log-file=${munge}.log`, `--seed-file=${munge}.seed`];
  run("munged", [...munged, ...files]);
  const cluster: Cluster = {
    env,
    slurm,
    mend,
    async crash(node, what) {
      kill(pidOf(`slurmd-${node}`), "SIGKILL");
      if (what === "all") {
        const steps = processesWith(`SLURM_CONF=${conf}`).filter(
          (pid) => commandOf(pid) === "slurmstepd" && holds(pid, `${dir}/log/slurmd-${node}.log`),
        );
        for (const pid of [...steps, ...tasksOn(node)]) kill(pid, "SIGKILL");
      }
      await until(() => pidOf(`slurmd-${node}`) === 0);
    },
    signalTasks(node, signal) {
      for (const pid of tasksOn(node)) kill(pid, signal);
    },
    signalController: (signal) => kill(pidOf("slurmctld"), signal),
    loseAnswer: () => writeFileSync(join(dir, "lose"), ""),
    link: (state) => void run("ip", ["link", "set", `${net?.name}h`, state]),
    squeueCalls() {
      const calls = new Map<string, number[]>();
      for (const line of readFileSync(join(dir, "squeue-calls"), "utf8").trim().split("\n")) {
        const [caller, time] = line.split(" ");
        calls.set(caller, [...(calls.get(caller) ?? []), Number(time)]);
      }
      return calls;
    },
    async stop() {
      run("scancel", ["-u", userInfo().username], own);
      const daemons = [...names.map((name) => `slurmd-${name}`), "slurmctld", "munged"];
      for (const daemon of daemons) kill(pidOf(daemon), "SIGTERM");
      await until(() => daemons.every((daemon) => pidOf(daemon) === 0), 10).catch(() => {});
      for (const pid of processesWith(`SLURM_CONF=${conf}`)) kill(pid, "SIGKILL");
      if (net !== null) run("ip", ["netns", "del", net.name]);
      rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  try {
    await mend();
  } catch (error) {
    await cluster.stop();
    throw error;
  }
  return cluster;
}

/** Whether a process has a file open: what tells a node's slurmstepd. */
function holds(pid: string, file: string): boolean {
  const { stdout } = run("ls", ["-l", `/proc/${pid}/fd`]);
  return stdout.includes(file);
}
