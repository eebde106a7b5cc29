// Another author's library (BouncyCastle) signs and checks on every parameter set it knows.
// java Peer.java FOLDER: for each sub-folder NAME with the file `set` (a parameter set of BouncyCastle) it writes
// ca.der, me.der and d.p7s over the file `d`; where a `o.p7s` of ours lies, the verdict goes to `verdict`.
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Security;
import java.security.spec.ECGenParameterSpec;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

public class Peer {
  public static void main(String[] words) throws Exception {
    Security.addProvider(new BouncyCastleProvider());
    List<Path> folders = Files.list(Path.of(words[0])).filter(Files::isDirectory).sorted().toList();
    for (Path folder : folders) {
      if (Files.exists(folder.resolve("set"))) make(folder, Files.readString(folder.resolve("set")).strip());
      if (Files.exists(folder.resolve("o.p7s"))) Files.writeString(folder.resolve("verdict"), judged(folder));
    }
  }

  static void make(Path folder, String set) throws Exception {
    boolean gost = set.contains("ost");
    boolean long512 = set.contains("512");
    String digest = gost ? (long512 ? "GOST3411-2012-512" : "GOST3411-2012-256") : "SHA-256";
    String method = gost ? digest + "WITHECGOST3410-2012-" + (long512 ? "512" : "256") : "SHA256WITHECDSA";
    KeyPairGenerator keys = KeyPairGenerator.getInstance(gost ? "ECGOST3410-2012" : "EC", "BC");
    keys.initialize(new ECGenParameterSpec(set));
    KeyPair top = keys.generateKeyPair();
    KeyPair own = keys.generateKeyPair();
    X509CertificateHolder ca = issued("CN=Root", top, "CN=Root", top.getPrivate(), method, true);
    X509CertificateHolder me = issued("CN=Petrov,O=Plant", own, "CN=Root", top.getPrivate(), method, false);
    Files.write(folder.resolve("ca.der"), ca.getEncoded());
    Files.write(folder.resolve("me.der"), me.getEncoded());
    ContentSigner signer = new JcaContentSignerBuilder(method).setProvider("BC").build(own.getPrivate());
    byte[] named = MessageDigest.getInstance("SHA-256").digest(me.getEncoded());
    ASN1EncodableVector signed = new ASN1EncodableVector();
    signed.add(new Attribute(PKCSObjectIdentifiers.id_aa_signingCertificateV2,
        new DERSet(new SigningCertificateV2(new ESSCertIDv2(null, named)))));
    CMSSignedDataGenerator made = new CMSSignedDataGenerator();
    made.addSignerInfoGenerator(
        new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().setProvider("BC").build())
            .setSignedAttributeGenerator(new DefaultSignedAttributeTableGenerator(new AttributeTable(signed)))
            .build(signer, me));
    made.addCertificates(new JcaCertStore(List.of(me)));
    byte[] content = Files.readAllBytes(folder.resolve("d"));
    Files.write(folder.resolve("d.p7s"), made.generate(new CMSProcessableByteArray(content), false).getEncoded());
  }

  static X509CertificateHolder issued(
      String subject, KeyPair own, String issuer, PrivateKey by, String method, boolean authority) throws Exception {
    long now = System.currentTimeMillis();
    Date since = new Date(now - 86_400_000L);
    Date until = new Date(now + 86_400_000L * 300);
    BigInteger number = BigInteger.valueOf(authority ? 1 : 2);
    JcaX509v3CertificateBuilder made = new JcaX509v3CertificateBuilder(
        new X500Name(issuer), number, since, until, new X500Name(subject), own.getPublic());
    made.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
    int usage = authority ? KeyUsage.keyCertSign | KeyUsage.cRLSign : KeyUsage.digitalSignature;
    made.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
    return made.build(new JcaContentSignerBuilder(method).setProvider("BC").build(by));
  }

  // "valid" only when the signature is good over `d`, bad over another text, and the chain leads to our root.
  static String judged(Path folder) {
    try {
      byte[] message = Files.readAllBytes(folder.resolve("o.p7s"));
      byte[] content = Files.readAllBytes(folder.resolve("d"));
      X509CertificateHolder root = new X509CertificateHolder(Files.readAllBytes(folder.resolve("root.der")));
      if (!good(message, content, root)) return "invalid";
      byte[] other = content.clone();
      other[0] ^= 1;
      return accepted(message, other, root) ? "accepts another text" : "valid";
    } catch (Exception fault) {
      return "fault: " + fault;
    }
  }

  static boolean accepted(byte[] message, byte[] content, X509CertificateHolder root) {
    try {
      return good(message, content, root);
    } catch (Exception refused) {
      return false; // a differing digest is an exception there
    }
  }

  static boolean good(byte[] message, byte[] content, X509CertificateHolder root) throws Exception {
    CMSSignedData data = new CMSSignedData(new CMSProcessableByteArray(content), message);
    SignerInformation signer = data.getSignerInfos().getSigners().iterator().next();
    X509CertificateHolder me =
        (X509CertificateHolder) data.getCertificates().getMatches(signer.getSID()).iterator().next();
    X509CertificateHolder above = me;
    for (Object each : data.getCertificates().getMatches(null)) {
      X509CertificateHolder found = (X509CertificateHolder) each;
      if (found.getSubject().equals(me.getIssuer())) above = found;
    }
    JcaContentVerifierProviderBuilder keys = new JcaContentVerifierProviderBuilder().setProvider("BC");
    return me.isSignatureValid(keys.build(above == me ? root : above))
        && (above == me || above.isSignatureValid(keys.build(root)))
        && signer.verify(new JcaSimpleSignerInfoVerifierBuilder().setProvider("BC").build(me));
  }
}
