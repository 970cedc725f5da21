using System.Text;
using OrleansAtlas.Errors;
using OrleansAtlas.Features;
using OrleansAtlas.Imaging;
using OrleansAtlas.Media;
using OrleansAtlas.Numerics;
using OrleansAtlas.Reduction;
using OrleansAtlas.Reduction.Pca;
using OrleansAtlas.Reduction.Placement;
using OrleansAtlas.Search.Clips;
using OrleansAtlas.Store;
using OrleansAtlas.Tests.Media;

namespace OrleansAtlas.Tests.Fuzz;

/// <summary>Whatever bytes a parser of this program is given, it gives a value or says in an exception of its own what is wrong with them,
/// and asks for no memory that they do not hold.</summary>
public sealed class ParserFuzzTests
{
    private const int Usual = 3_000;
    private const long MostBytesAsked = 256L << 20;

    private static readonly byte[] Array = Npy.ToBytes<float>([.. Enumerable.Range(0, 60).Select(n => n / 7f)], 6, 10);
    private static readonly byte[] Basis = new PcaBasis(new double[4], [1, 0, 0, 0, 0, 1, 0, 0], [1, 1], 2).ToBytes();

    /// <summary>Name, whole inputs, and the parser.</summary>
    public static TheoryData<string> Parsers => [.. Table.Keys];

    private static readonly Dictionary<string, (Func<IEnumerable<byte[]>> Whole, Action<byte[]> Parse)> Table = new()
    {
        ["npy"] = (() => [Array, Npy.ToBytes<double>([1, 2, 3], 3)], bytes => Npy.Parse<float>(bytes)),
        ["frame pack"] = (
            () =>
                [
                    FramePack.ToBytes([
                        [1, 2, 3],
                        [4],
                        [5, 6],
                    ]),
                ],
            bytes => ReadFrames(bytes)
        ),
        ["raw frames"] = (
            () => [FramePackRaw.ToBytes([new RgbImage(2, 2, new byte[12]), new RgbImage(2, 2, new byte[12])])],
            bytes => ReadFrames(bytes)
        ),
        ["record of a film"] = (
            () => [StoreJson.ToBytes(new VideoRecord { Id = "a", Sources = [new("a.mp4", "/a.mp4", 3, default)] })],
            bytes => StoreJson.Parse<VideoRecord>(bytes)
        ),
        ["plan"] = (() => [StoreJson.ToBytes(Plan)], bytes => StoreJson.Parse<DecodePlan>(bytes)),
        ["checksum of json"] = (
            () => [Checksum.Add("a.json", StoreJson.ToBytes(Plan))],
            bytes => Checksum.Remove("a.json", bytes, "a.json", out _)
        ),
        ["checksum of an array"] = (() => [Checksum.Add("a.npy", Array)], bytes => Checksum.Remove("a.npy", bytes, "a.npy", out _)),
        ["basis"] = (() => [Basis], bytes => PcaBasis.Parse(bytes)),
        ["statistics"] = (() => [Npy.ToBytes<double>(new double[1 + 3 + 6], 10)], bytes => PcaStatistics.Parse(bytes)),
        ["landmarks"] = (() => [Array], bytes => Landmarks.Parse(bytes, 1, 1)),
        ["code"] = (
            () => [new PcaEmbedder(2, 1).ToFiles().Values.First()],
            bytes => Embedder.Parse(new PcaEmbedder(2, 1).ToFiles().ToDictionary(file => file.Key, _ => bytes))
        ),
        ["card of a model"] = (
            () => [Encoding.UTF8.GetBytes("""{"name":"x","inputSize":224,"dimensions":10,"licence":"none","output":"y"}""")],
            bytes => ModelCardJson.Parse(bytes, "card")
        ),
        ["name of a clip"] = (
            () => ["film.mp4@1:02.5-1:10"u8.ToArray(), "a@b@3"u8.ToArray()],
            bytes => ClipName.Parse(Encoding.UTF8.GetString(bytes))
        ),
        ["answer of ffprobe"] = (Answers, bytes => Probe(bytes)),
        ["line of a packet"] = (
            () => ["packet|0|512|1024|512|K__|1234"u8.ToArray(), "0,K__,512,512,1024,1234"u8.ToArray()],
            bytes => FilmPacket.Parse(Encoding.UTF8.GetString(bytes))
        ),
        ["first bytes"] = (
            () =>
                [
                    [0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70, 73, 70, 0],
                    "RIFF\0\0\0\0WEBPVP8 "u8.ToArray(),
                    "#EXTM3U\nhttp://x"u8.ToArray(),
                    [0, 0, 0, 24, 102, 116, 121, 112, 105, 115, 111, 109],
                ],
            bytes => Sniff(bytes)
        ),
    };

    private static DecodePlan Plan =>
        new()
        {
            Strategy = DecodeStrategy.Linear,
            Reason = "none",
            Interval = 0.5,
            Start = 0,
            HalfFrame = 0.02,
            Samples = 10,
            SamplesPerSegment = 4,
            Width = 64,
            Height = 48,
        };

    [Theory]
    [MemberData(nameof(Parsers))]
    public void Any_bytes_give_a_value_or_a_sentence(string parser) => Fuzz(parser, Usual);

    [Theory]
    [Trait("Category", "Long")]
    [MemberData(nameof(Parsers))]
    public void Half_a_million_inputs_give_values_or_sentences(string parser)
    {
        LongTests.Require();
        Fuzz(parser, 500_000);
    }

    private static void Fuzz(string parser, int count)
    {
        var (inputs, parse) = Table[parser];
        var whole = inputs().ToList();
        var mutations = new Mutations(seed: 1);
        var (values, sentences) = (0, 0);
        for (var n = 0; n < count; n++)
        {
            var bytes = n < whole.Count ? whole[n] : mutations.Next(whole[n % whole.Count]);
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                parse(bytes);
                values++;
            }
            catch (AtlasException)
            {
                sentences++;
            }
            catch (Exception error)
            {
                Assert.Fail($"{parser}, input {n}, {Convert.ToHexString(bytes)}: {error}");
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostBytesAsked);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{parser}: {values} values, {sentences} sentences of {count} inputs");
        Assert.True(values > 0, $"{parser}: not even a whole input gives a value");
    }

    private static void ReadFrames(byte[] bytes)
    {
        var file = FrameFile.OpenAsync(new MemoryStream(bytes), new NoPictures(), CancellationToken.None).GetAwaiter().GetResult();
        for (var frame = 0; frame < Math.Min(file.Count, 8); frame++)
        {
            if (file is FramePack pack)
            {
                pack.ReadJpegAsync(frame, CancellationToken.None).GetAwaiter().GetResult();
            }
            else
            {
                file.ReadAsync(frame, CancellationToken.None).GetAwaiter().GetResult();
            }
        }
    }

    private static IEnumerable<byte[]> Answers() =>
        Directory
            .EnumerateFiles(Path.Combine(TestFiles.Repository, "tests", "fixtures", "ffprobe"))
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllBytes);

    // What it calls a film has finite numbers, and a plan can be made of it.
    private static void Probe(byte[] bytes)
    {
        if (FfprobeParser.Parse(Encoding.UTF8.GetString(bytes), "film.mp4") is ProbeResult.Found { Info: var info })
        {
            var plan = DecodePlanner.Plan(info, new Sampling { FramesPerSecond = 2 });
            Assert.InRange(plan.Samples, 1, 1 << 24);
            Assert.InRange(plan.Interval, double.Epsilon, 1e9);
            Assert.True(double.IsFinite(plan.Start), "the start is finite");
            Assert.True(plan.Segments >= 1 && plan.SamplesPerSegment >= 1 && plan.Width >= 2 && plan.Height >= 2, plan.ToString());
        }
    }

    private static void Sniff(byte[] bytes)
    {
        _ = PictureSniffer.Kind(bytes);
        _ = PictureSniffer.FfmpegFormat(bytes);
        _ = TextSniffer.IsText(bytes);
        _ = MotionJpeg.IsFilm(bytes);
        _ = Scrambling.IsScrambled(bytes);
    }
}
