// Makes containers in a blob store: make-containers.js NAME...; those that are there stay as they are.
const { createHmac } = require('node:crypto')
const http = require('node:http')

const account = Object.fromEntries(
  process.env.AZURE_STORAGE_CONNECTION_STRING.split(';').map((part) => [part.split('=')[0], part.slice(part.indexOf('=') + 1)]),
)

function make(container) {
  const url = new URL(`${account.BlobEndpoint.replace(/\/$/, '')}/${container}?restype=container`)
  const headers = { 'x-ms-date': new Date().toUTCString(), 'x-ms-version': '2023-11-03' }
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}`)
  const signed = ['PUT', ...Array(11).fill(''), ...lines, `/${account.AccountName}${url.pathname}`, 'restype:container'].join('\n')
  const signature = createHmac('sha256', Buffer.from(account.AccountKey, 'base64')).update(signed, 'utf8').digest('base64')
  headers.Authorization = `SharedKey ${account.AccountName}:${signature}`
  return new Promise((resolve, reject) => {
    const request = http.request(url, { method: 'PUT', headers, timeout: 10000 }, (answer) => {
      answer.resume()
      const well = answer.statusCode === 201 || answer.statusCode === 409 // made, or there already
      well ? resolve(answer.statusCode) : reject(new Error(`${container}: ${answer.statusCode} ${answer.statusMessage}`))
    })
    request.on('timeout', () => request.destroy(new Error(`${container}: no answer in 10 s`)))
    request.on('error', reject)
    request.end()
  })
}

Promise.all(process.argv.slice(2).map(make)).catch((error) => {
  console.error(error.message)
  process.exitCode = 1
})
