#!/usr/bin/env python3
"""Replays a run of equihard into an experiment tracker: a tracker's run a trial, with its parameters, curve and outcome.

    equihard export-runs runs/widths --format csv --out widths
    python3 replay.py widths --to mlflow --url http://127.0.0.1:5000
    python3 replay.py widths --to wandb                                 # pip install wandb
    python3 replay.py widths --to trackio                               # pip install trackio

MLflow is spoken to by its REST API, with nothing but Python's standard library; the other two need their package.
"""

import argparse
import csv
import json
import os
import sys
import time
import urllib.error
import urllib.request

OUTCOMES = ("final_loss", "final_accuracy", "final_explained_variance", "steps")


def read_trials(folder):
    """Yields (id, parameters, curve as a list of (step, values), outcome, status) for each trial."""
    curves = {}
    with open(os.path.join(folder, "curves.csv"), newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            values = {name: float(row[name]) for name in ("loss", "accuracy") if row[name]}
            curves.setdefault(row["id"], []).append((int(row["step"]), values))
    with open(os.path.join(folder, "trials.csv"), newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            outcome = {name: float(row[name]) for name in OUTCOMES if row[name]}
            rest = {name: value for name, value in row.items() if value and name not in (*OUTCOMES, "id", "status")}
            yield row["id"], rest, curves.get(row["id"], []), outcome, row["status"]


def replay_module(module, project, trials):
    """W&B and trackio have one interface: init, log, finish."""
    for trial, parameters, curve, outcome, status in trials:
        module.init(project=project, name=trial, config={**parameters, "status": status})
        for step, values in curve:
            if values:
                module.log(values, step=step)
        if outcome:
            module.log(outcome, step=int(outcome.get("steps", 0)))
        module.finish()
        yield trial


class MlflowRest:
    """The part of MLflow's REST API 2.0 that a replay needs."""

    MOST_METRICS = 1000  # of one log-batch request
    MOST_PARAMETERS = 100

    def __init__(self, url):
        self.url = url.rstrip("/")

    def call(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            f"{self.url}/api/2.0/mlflow/{path}", data, {"Content-Type": "application/json"}, method=method
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def experiment(self, name):
        try:
            found = self.call("GET", f"experiments/get-by-name?experiment_name={urllib.request.quote(name)}")
            return found["experiment"]["experiment_id"]
        except urllib.error.HTTPError as error:
            if error.code != 404:
                raise
            return self.call("POST", "experiments/create", {"name": name})["experiment_id"]

    def replay(self, project, trials):
        experiment = self.experiment(project)
        for trial, parameters, curve, outcome, status in trials:
            now = int(time.time() * 1000)
            created = self.call(
                "POST", "runs/create", {"experiment_id": experiment, "run_name": trial, "start_time": now}
            )
            run = created["run"]["info"]["run_id"]
            texts = [{"key": name, "value": value} for name, value in {**parameters, "status": status}.items()]
            last = int(outcome.get("steps", 0))
            metrics = [(step, name, value) for step, values in curve for name, value in values.items()]
            metrics += [(last, name, value) for name, value in outcome.items()]
            rows = [{"key": n, "value": v, "step": s, "timestamp": now} for s, n, v in metrics]
            for at in range(0, len(texts), self.MOST_PARAMETERS):
                self.call("POST", "runs/log-batch", {"run_id": run, "params": texts[at : at + self.MOST_PARAMETERS]})
            for at in range(0, len(rows), self.MOST_METRICS):
                self.call("POST", "runs/log-batch", {"run_id": run, "metrics": rows[at : at + self.MOST_METRICS]})
            end = "FAILED" if status == "failed" else "FINISHED"
            self.call("POST", "runs/update", {"run_id": run, "status": end, "end_time": now})
            yield trial


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", help="what 'equihard export-runs RUN --format csv --out FOLDER' wrote")
    parser.add_argument("--to", choices=("mlflow", "wandb", "trackio"), required=True)
    parser.add_argument("--project", help="experiment or project [the folder's name]")
    parser.add_argument("--url", default="http://127.0.0.1:5000", help="of the MLflow server [%(default)s]")
    options = parser.parse_args()
    project = options.project or os.path.basename(os.path.abspath(options.folder))
    try:
        trials = list(read_trials(options.folder))
        if options.to == "mlflow":
            done = MlflowRest(options.url).replay(project, trials)
        else:
            done = replay_module(__import__(options.to), project, trials)
        print(f"{sum(1 for _ in done)} trials replayed into {options.to}, project {project}")
    except ImportError:
        sys.exit(f"replay.py: {options.to} is not installed; add it with: pip install {options.to}")
    except FileNotFoundError as error:
        sys.exit(f"replay.py: {error.filename}: no such file; write it with: equihard export-runs RUN --format csv")
    except (urllib.error.URLError, KeyError) as error:
        sys.exit(f"replay.py: {options.url}: {error}; is an MLflow server there?")


if __name__ == "__main__":
    main()
