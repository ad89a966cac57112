package io.rollcall.cli;

import com.google.crypto.tink.Configuration;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.subtle.AesGcmJce;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes a master key, and keys that are sealed by it. */
@Command(
        name = "create",
        abbreviateSynopsis = true,
        sortOptions = false,
        description = {
            "Make a master key (master.key) and the first keys (keyset.json) as files that their owner alone may read.",
            "",
            "Nothing is ever overwritten. Every node gets both files. Whoever has the master key can read what the registry"
                    + " holds, and without it nobody can: keep a copy where the data and its backups are not."
        },
        footer = {
            "",
            "Examples:",
            "  rollcall keys create --folder keys",
            "  rollcall server --encryption-keyset keys/keyset.json --encryption-master-key-file keys/master.key ..."
        })
final class KeysCreateCommand implements Callable<Integer> {

    private static final int KEY_BYTES = 32;

    /** The server takes nothing else that a master key has sealed for keys. */
    private static final byte[] WRAPPING_CONTEXT = "rollcall keyset".getBytes(StandardCharsets.US_ASCII);

    private static final FileAttribute<?> OWNER_ALONE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description = "Where the files are made. Default: ${DEFAULT-VALUE}.")
    private Path folder = Path.of("keys");

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Explain this command.")
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private boolean help;

    private final Terminal terminal;

    KeysCreateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Path masterFile = folder.resolve("master.key");
        Path keysetFile = folder.resolve("keyset.json");
        for (Path file : new Path[] {masterFile, keysetFile}) {
            if (Files.exists(file)) {
                return failed("nothing is overwritten, and there is already " + file);
            }
        }
        byte[] masterKey = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(masterKey);
        try {
            Files.createDirectories(folder);
            write(masterFile, Base64.getEncoder().encodeToString(masterKey) + "\n");
            write(keysetFile, keyset(masterKey) + "\n");
        } catch (FileAlreadyExistsException e) {
            return failed("nothing is overwritten, and there is already " + e.getFile());
        } catch (IOException e) {
            return failed("cannot write into " + folder + ": " + e);
        }
        terminal.out().printf("made %s and %s%n", masterFile, keysetFile);
        return ExitStatus.OK;
    }

    private int failed(String why) {
        terminal.err().println(why);
        return ExitStatus.FAILURE;
    }

    /** Never readable by others, not even for the moment until it has its content. */
    private static void write(Path file, String text) throws IOException {
        try (var channel = Files.newByteChannel(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OWNER_ALONE)) {
            channel.write(StandardCharsets.US_ASCII.encode(text));
        }
    }

    private static String keyset(byte[] masterKey) {
        try {
            AeadConfig.register();
            Configuration tink = RegistryConfiguration.get();
            KeysetHandle keys = KeysetHandle.generateNew(PredefinedAeadParameters.XAES_256_GCM_192_BIT_NONCE, tink);
            return TinkJsonProtoKeysetFormat.serializeEncryptedKeyset(
                    keys, new AesGcmJce(masterKey), WRAPPING_CONTEXT, tink);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no keys could be made", e);
        }
    }
}
