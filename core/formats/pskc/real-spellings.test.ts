import { describe, expect, it } from 'vitest'
import { collect } from '../testing/collect.ts'
import { readPskc } from './read-pskc.ts'

const XMLENC = 'http://www.w3.org/2001/04/xmlenc#'
const encrypted = (value: string) =>
  `<xenc:EncryptionMethod Algorithm="${XMLENC}aes128-cbc"/><xenc:CipherData><xenc:CipherValue>${value}</xenc:CipherValue></xenc:CipherData>`

const file = ({ key = '', macKey = '', secret = '', mac = '' }) => `<?xml version="1.0" encoding="UTF-8"?>
<odd:KeyContainer Version="1.0" xmlns:odd="urn:ietf:params:xml:ns:keyprov:pskc" xmlns:xenc="${XMLENC}"
 xmlns:xenc11="http://www.w3.org/2009/xmlenc11#" xmlns:pkcs5="http://www.rsasecurity.com/rsalabs/pkcs/schemas/pkcs-5v2-0#">
<odd:EncryptionKey>${key}</odd:EncryptionKey>
<odd:MACMethod Algorithm="http://www.w3.org/2000/09/xmldsig#hmac-sha1"><odd:MACKey>${encrypted(macKey)}</odd:MACKey></odd:MACMethod>
<odd:KeyPackage><odd:DeviceInfo><odd:SerialNo> 987654321 </odd:SerialNo></odd:DeviceInfo>
<odd:Key Id="12345678" Algorithm="urn:ietf:params:xml:ns:keyprov:pskc:hotp">
<odd:AlgorithmParameters><odd:ResponseFormat Length="8" Encoding="DECIMAL"/></odd:AlgorithmParameters>
<odd:Data><odd:Secret><odd:EncryptedValue>${encrypted(secret)}</odd:EncryptedValue><odd:ValueMAC>${mac}</odd:ValueMAC></odd:Secret>
<odd:Counter><odd:PlainValue>0</odd:PlainValue></odd:Counter></odd:Data></odd:Key></odd:KeyPackage></odd:KeyContainer>`

const pbkdf2 = (parameters: string) =>
  `<xenc11:DerivedKey><xenc11:KeyDerivationMethod Algorithm="http://www.rsasecurity.com/rsalabs/pkcs/schemas/pkcs-5v2-0#pbkdf2">${parameters}</xenc11:KeyDerivationMethod></xenc11:DerivedKey>`
const SALT = '<Salt><Specified>Ej7/PEpyEpw=</Specified></Salt><IterationCount>1000</IterationCount>'

describe('readPskc on the examples of RFC 6030', () => {
  const figure6 = {
    macKey: 'ESIzRFVmd4iZABEiM0RVZgKn6WjLaTC1sbeBMSvIhRejN9vJa2BOlSaMrR7I5wSX',
    secret: 'AAECAwQFBgcICQoLDA0OD+cIHItlB3Wra1DUpxVvOx2l ef1VmNPCMl8jwZqIUqGv',
    mac: 'Su+NvtQfmvfJzF6bmQiJqoLRExc=',
  }
  const figure7 = {
    macKey: '2GTTnLwM3I4e5IO5FkufoOEiOhNj91fhKRQBtBJYluUDsPOLTfUvoU2dStyOwYZx',
    secret: 'oTvo+S22nsmS2Z/RtcoF8Hfh+jzMe0RkiafpoDpnoZTjPYZu6V+A4aEn032yCr4f',
    mac: 'LP6xMvjtypbfT9PdkJhBZ+D6O4w=',
  }
  const readOne = async (text: string, options: object) => {
    const [item] = await collect(readPskc([Buffer.from(text)], options))
    if (!item?.ok) throw item?.error ?? new Error('no item')
    return Buffer.from(item.key.secret).toString()
  }

  it('opens figure 6 with its pre-shared key', async () => {
    const preSharedKey = Uint8Array.from(Buffer.from('12345678901234567890123456789012', 'hex'))
    expect(await readOne(file(figure6), { preSharedKey })).toBe('12345678901234567890')
  })

  it.each([
    ['pkcs5', `<pkcs5:PBKDF2-params>${SALT}<KeyLength>16</KeyLength><PRF/></pkcs5:PBKDF2-params>`],
    ['xenc11', `<xenc11:PBKDF2-params>${SALT.replace(/<(\/?)(\w)/g, '<$1xenc11:$2')}</xenc11:PBKDF2-params>`],
    [
      'none',
      `<PBKDF2-params xmlns="">${SALT}<PRF Algorithm="http://www.w3.org/2000/09/xmldsig#hmac-sha1"/></PBKDF2-params>`,
    ],
    [
      'text',
      `<pkcs5:PBKDF2-params>${SALT}<PRF> http://www.w3.org/2000/09/xmldsig#hmac-sha1 </PRF></pkcs5:PBKDF2-params>`,
    ],
  ])('opens figure 7 with its password, parameters spelled as in %s', async (_, parameters) => {
    expect(await readOne(file({ ...figure7, key: pbkdf2(parameters) }), { password: 'qwerty' })).toBe(
      '12345678901234567890',
    )
  })
})
