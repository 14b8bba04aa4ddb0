// Run retext-intensify over every .txt file of a folder in one process: node drive_retext.mjs FOLDER
// Only parsing and the rule run, no serialising: the least work that finds all its messages and their positions.
import {readFileSync, readdirSync} from 'node:fs'
import {join} from 'node:path'
import retextEnglish from 'retext-english'
import retextIntensify from 'retext-intensify'
import {unified} from 'unified'
import {VFile} from 'vfile'

const folder = process.argv[2]
const processor = unified().use(retextEnglish).use(retextIntensify).freeze()
const names = readdirSync(folder).filter(name => name.endsWith('.txt')).sort()
let findings = 0

for (const name of names) {
  const path = join(folder, name)
  const file = new VFile({path, value: readFileSync(path, 'utf8')})
  processor.runSync(processor.parse(file), file)
  findings += file.messages.length
}

console.log(JSON.stringify({files: names.length, findings}))
