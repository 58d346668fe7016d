"use strict";
// Makes documents with one engine of Node.js, in a process of its own; ../worker.py says what it answers.
// The engines are found through NODE_PATH, which benchmarks/engine.py sets to where it put them.

const fs = require("fs");
const { performance } = require("perf_hooks");
const readline = require("readline");

// Each engine: what can be done once for a template, and the making of one document.
const engines = {
  // Reads the bytes once; a Docxtemplater renders once only, so the template is parsed for each document.
  docxtemplater(template, data) {
    const PizZip = require("pizzip");
    const Docxtemplater = require("docxtemplater");
    const bytes = fs.readFileSync(template);
    return async () => {
      const document = new Docxtemplater(new PizZip(bytes), { paragraphLoop: true, linebreaks: true });
      document.render(data);
      return document.getZip().generate({ type: "nodebuffer", compression: "DEFLATE" });
    };
  },
  // Takes a path; what it keeps between documents is its own affair.
  carbone(template, data) {
    const carbone = require("carbone");
    return () =>
      new Promise((resolve, reject) => {
        carbone.render(template, data, (error, made) => (error ? reject(new Error(String(error))) : resolve(made)));
      });
  },
  // Reads the bytes once and keeps its handler.
  "easy-template-x"(template, data) {
    const { TemplateHandler } = require("easy-template-x");
    const handler = new TemplateHandler();
    const bytes = fs.readFileSync(template);
    return () => handler.process(bytes, data);
  },
};

function peak() {
  try {
    return Number(/^VmHWM:\s+(\d+)/m.exec(fs.readFileSync("/proc/self/status", "utf8"))[1]);
  } catch {
    return process.resourceUsage().maxRSS;
  }
}

function readData(path) {
  return JSON.parse(fs.readFileSync(path, "utf8"));
}

function print(answer) {
  process.stdout.write(`@${JSON.stringify(answer)}\n`);
}

async function serve(engine) {
  let make;
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const command = JSON.parse(line);
    try {
      let answer = null;
      if (command.do === "load") {
        const data = readData(command.data);
        const start = performance.now();
        make = engines[engine](command.template, data);
        answer = (performance.now() - start) / 1000;
      } else if (command.do === "make") {
        answer = [];
        for (let count = 0; count < command.times; count++) {
          const start = performance.now();
          await make();
          answer.push((performance.now() - start) / 1000);
        }
      } else if (command.do === "save") {
        fs.writeFileSync(command.to, await make());
      } else {
        answer = peak();
      }
      print(answer);
    } catch (error) {
      print({ error: String(error && error.message ? error.message : error) });
    }
  }
  process.exit(0);
}

async function once(engine, template, data, out) {
  fs.writeFileSync(out, await engines[engine](template, readData(data))());
  print(peak());
  process.exit(0);
}

const [first, ...others] = process.argv.slice(2);
if (first === "bare") print(peak());
else if (others.length === 0) serve(first);
else once(first, ...others);
