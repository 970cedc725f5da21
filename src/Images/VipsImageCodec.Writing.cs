using System.Globalization;
using System.IO.Pipes;
using System.Text;
using OrleansAtlas.Images.Native;
using OrleansAtlas.Media;

namespace OrleansAtlas.Images;

public sealed partial class VipsImageCodec
{
    private const int LargestWebp = 16383;
    private const int StripBytes = 4 << 20;
    private const double MillimetresPerInch = 25.4;

    /// <inheritdoc/>
    /// <remarks>The rows travel as a portable pixmap through a pipe: libvips reads it row by row while it saves, and no picture
    /// is in memory whole, but for WebP, whose encoder asks for that.</remarks>
    /// <exception cref="ArgumentException">Another extension, or a WebP longer than 16383 pixels.</exception>
    public void Write(string path, int width, int height, StripFiller strip, int dotsPerInch, CancellationToken cancellationToken)
    {
        var saver = Saver(path, width, height);
        if (!Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path))))
        {
            throw new DirectoryNotFoundException($"The picture '{path}' cannot be written: its folder does not exist.");
        }

        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            if (saver is var (operation, options))
            {
                var failure = Save(temporary, operation, options, dotsPerInch, pipe => Feed(pipe, width, height, strip, cancellationToken));
                if (failure is not null)
                {
                    throw new IOException($"The picture '{path}' cannot be written: {failure.Message}.", failure);
                }
            }
            else
            {
                using var file = File.Create(temporary);
                PngWriter.Write(file, width, height, strip, dotsPerInch, cancellationToken);
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Runs the saver on a thread of its own while <paramref name="feed"/> fills the pipe on this one.</summary>
    private static VipsError? Save(string path, string saver, string options, int dotsPerInch, Action<Stream> feed)
    {
        using var pipe = new AnonymousPipeServerStream(PipeDirection.Out);
        var source = new VipsHandle(Vips.SourceNewFromDescriptor((int)pipe.ClientSafePipeHandle.DangerousGetHandle()));
        pipe.DisposeLocalCopyOfClientHandle();
        VipsError? failure = null;
        var saving = new Thread(() => failure = Save(source, saver, options, path, dotsPerInch)) { Name = "picture saver", IsBackground = true };
        saving.Start();
        try
        {
            feed(pipe);
        }
        finally
        {
            pipe.Dispose();
            saving.Join();
        }

        return failure;
    }

    private static void Feed(Stream pipe, int width, int height, StripFiller strip, CancellationToken cancellationToken)
    {
        var rows = Math.Clamp(StripBytes / (width * 3), 1, height);
        var buffer = new byte[rows * width * 3];
        var open = TryWrite(pipe, Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"P6\n{width} {height}\n255\n")));
        for (var top = 0; open && top < height; top += rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var span = buffer.AsSpan(0, Math.Min(rows, height - top) * width * 3);
            strip(top, span);
            open = TryWrite(pipe, span);
        }
    }

    /// <summary>False where the saver has closed its end: it failed, and says itself why.</summary>
    private static bool TryWrite(Stream pipe, ReadOnlySpan<byte> bytes)
    {
        try
        {
            pipe.Write(bytes);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Owns the source: closing it is what tells the writing side that nobody reads any more.</summary>
    private static VipsError? Save(VipsHandle source, string saver, string options, string path, int dotsPerInch)
    {
        using (source)
        {
            try
            {
                var resolution = (dotsPerInch / MillimetresPerInch).ToString("R", CultureInfo.InvariantCulture);
                using var load = new VipsOperation("ppmload_source");
                using var rows = load.SetSource(source).Options("access=sequential,fail_on=truncated").Build().Image();
                using var sized = VipsOperation.Apply("copy", rows, $"xres={resolution},yres={resolution}");
                using var save = new VipsOperation(saver);
                save.Set("in", sized).Set("filename", path).Options(options).Build();
                return null;
            }
            catch (VipsError error)
            {
                return error;
            }
        }
    }

    /// <summary>The operation of libvips that writes this format; none for PNG, which this program writes faster itself.</summary>
    private static (string Operation, string Options)? Saver(string path, int width, int height) =>
        Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".png" => null,
            ".jpg" or ".jpeg" => ("jpegsave", "Q=90,subsample_mode=off"),
            ".webp" when width <= LargestWebp && height <= LargestWebp => ("webpsave", "Q=85,effort=1"),
            ".webp" => throw new ArgumentException(
                $"A WebP picture has at most {LargestWebp} pixels a side, this one would have {width} x {height}: write '{Path.ChangeExtension(path, ".png")}' instead."),
            var other => throw new ArgumentException($"'{other}' is no picture format this program writes: end '{path}' in .png, .jpg, .jpeg or .webp."),
        };
}
