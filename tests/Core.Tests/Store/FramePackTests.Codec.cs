using OrleansAtlas.Imaging;

namespace OrleansAtlas.Tests.Store;

/// <summary>Core has no picture library: a picture here is one pixel, its file's first byte.</summary>
internal sealed class FirstByteCodec : IImageCodec
{
    public string Version => "first byte";

    public RgbImage Decode(ReadOnlySpan<byte> file) => new(1, 1, [file[0], file[0], file[0]]);

    public PhotoHeader? ReadHeader(string path) => throw new NotSupportedException();

    public RgbImage ReadPhoto(string path, int width, int height) => throw new NotSupportedException();

    public byte[] EncodeJpeg(RgbImage image, int quality) => throw new NotSupportedException();

    public void Write(string path, int width, int height, StripFiller strip, int dotsPerInch, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public TextMask RenderText(string text, int pixelHeight, bool bold) => throw new NotSupportedException();
}
