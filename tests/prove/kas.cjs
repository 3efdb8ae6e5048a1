// Judges pairs of expressions with KAS, the checker of Khan Academy and OATutor: reads JSON lines, writes JSON lines.
const KAS = require("@khanacademy/kas");
const lines = require("fs").readFileSync(0, "utf8").split("\n").filter(Boolean).map(JSON.parse);
for (const { student, key, form } of lines) {
  let equal = null;
  try {
    const one = KAS.parse(student), other = KAS.parse(key);
    if (one.parsed && other.parsed) equal = KAS.compare(one.expr, other.expr, form ? { form: true } : {}).equal;
  } catch { equal = null; }
  console.log(JSON.stringify(equal));
}
