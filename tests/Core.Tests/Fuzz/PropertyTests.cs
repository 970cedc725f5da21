using CsCheck;
using OrleansAtlas.Media;
using OrleansAtlas.Numerics;
using OrleansAtlas.Store;

namespace OrleansAtlas.Tests.Fuzz;

/// <summary>What holds whatever a film claims and whatever is stored.</summary>
public sealed class PropertyTests
{
    private const long Cases = 5_000;

    private static readonly Gen<double> Extreme = Gen.OneOf(
        Gen.Double[0.001, 100],
        Gen.Double[100, 1e12],
        Gen.OneOf([Gen.Const(0.0), Gen.Const(double.Epsilon), Gen.Const(1e-9), Gen.Const(1e300)])
    );

    private static readonly Gen<VideoInfo> Films =
        from kind in Gen.Bool
        from width in Gen.Int[1, 20_000]
        from height in Gen.Int[1, 20_000]
        from duration in Extreme
        from rate in Gen.OneOf(Gen.Double[0.01, 240], Gen.OneOf(Gen.Const(1e-6), Gen.Const(1e6), Gen.Const(1000.0)))
        from start in Gen.OneOf(Gen.Double[-10, 1e6], Gen.Const(0.0))
        from spacing in Gen.OneOf(Extreme.Select(value => (double?)value), Gen.Const((double?)null))
        from variable in Gen.Bool
        from clock in Gen.Enum<FilmClock>()
        select new VideoInfo
        {
            Kind = kind ? MediaKind.Film : MediaKind.Photo,
            Format = "mov,mp4",
            Codec = "h264",
            Width = width,
            Height = height,
            DisplayWidth = width,
            DisplayHeight = height,
            Duration = duration,
            FrameRate = rate,
            Start = start,
            KeyframeSpacing = spacing,
            VariableFrameRate = variable,
            Clock = clock,
        };

    private static readonly Gen<Sampling> Samplings = Gen.OneOf(
        Gen.Double[1e-6, 1].Select(keep => new Sampling { Keep = keep }),
        Gen.Double[1e-6, 1000].Select(rate => new Sampling { FramesPerSecond = rate })
    );

    [Fact]
    public void Whatever_a_film_claims_its_plan_is_finite_and_its_segments_cover_every_sample_once() =>
        Gen.Select(Films, Samplings)
            .Sample(
                (film, sampling) =>
                {
                    var plan = DecodePlanner.Plan(film, sampling);
                    var grids = new[] { 0, plan.Segments / 2, plan.Segments - 1 }.Select(segment => new SampleGrid(plan, segment)).ToList();
                    return plan is { Samples: >= 1 and <= 1 << 24, SamplesPerSegment: >= 1, Segments: >= 1 }
                        && double.IsFinite(plan.Interval)
                        && plan.Interval > 0
                        && double.IsFinite(plan.HalfFrame)
                        && plan.Width is >= 2 and <= 534
                        && plan.Height is >= 2 and <= 534
                        && grids[0].First == 0
                        && grids[^1].End == long.MaxValue
                        && grids.TrueForAll(grid => grid.Expected >= 1 && grid.Expected <= plan.SamplesPerSegment)
                        && ((long)(plan.Segments - 1) * plan.SamplesPerSegment) + grids[^1].Expected == plan.Samples;
                },
                iter: Cases
            );

    [Fact]
    public void Of_the_frames_that_are_shown_every_cell_that_has_one_is_planned() =>
        Gen.Select(Gen.Double[0.02, 3].Array[1, 60], Gen.Double[0.1, 20])
            .Sample(
                (gaps, rate) =>
                {
                    var times = gaps.Aggregate(new List<double> { 0 }, (all, gap) => [.. all, all[^1] + gap]);
                    var film = new VideoInfo
                    {
                        Kind = MediaKind.Film,
                        Format = "matroska,webm",
                        Codec = "vp9",
                        Width = 64,
                        Height = 48,
                        DisplayWidth = 64,
                        DisplayHeight = 48,
                        Duration = times[^1] + 0.04,
                        FrameRate = times.Count / (times[^1] + 0.04),
                        VariableFrameRate = true,
                    };
                    var plan = DecodePlanner.Plan(film, new Sampling { FramesPerSecond = rate }, times);
                    var grid = new SampleGrid(plan, 0);
                    var shown = times.Select(grid.Cell).Distinct().Count();

                    // A plan that counts every cell may count one that shows nothing; one that does not counts those alone.
                    return plan.FirstCells is null ? plan.Samples >= shown - 1 : plan.Samples == shown;
                },
                iter: Cases
            );

    [Fact]
    public void An_array_is_what_was_written() =>
        Gen.Select(Gen.Int[0, 20], Gen.Int[1, 20])
            .SelectMany((rows, width) => Gen.Single.Array[rows * width].Select(values => (rows, width, values)))
            .Sample(
                array =>
                {
                    var read = Npy.Parse<float>(Npy.ToBytes<float>(array.values, array.rows, array.width));
                    return read.Shape.SequenceEqual([array.rows, array.width])
                        && read.Values.Select(BitConverter.SingleToInt32Bits)
                            .SequenceEqual(array.values.Select(BitConverter.SingleToInt32Bits));
                },
                iter: Cases
            );

    [Fact]
    public void A_record_is_what_was_written_and_its_checksum_says_so() =>
        Gen.Select(Gen.String, Gen.String, Gen.Long[0, long.MaxValue])
            .Sample(
                (name, path, length) =>
                {
                    var record = new VideoRecord { Id = "a", Sources = [new VideoSource(name, path, length, DateTime.UnixEpoch)] };
                    var bytes = StoreJson.ToBytes(record);
                    var content = Checksum.Remove("video.json", Checksum.Add("video.json", bytes), "video.json", out var had);
                    return had
                        && content.AsSpan().SequenceEqual(bytes)
                        && StoreJson.ToBytes(StoreJson.Parse<VideoRecord>(content)).AsSpan().SequenceEqual(bytes);
                },
                iter: Cases
            );

    [Fact]
    public void Any_content_comes_back_without_its_checksum_whatever_it_is_called() =>
        Gen.Select(Gen.Byte.Array, Gen.OneOf(Gen.Const("a.npy"), Gen.Const("a.jpgs"), Gen.Const("a.json")))
            .Sample(
                (content, name) =>
                    Checksum.Remove(name, Checksum.Add(name, content), name, out var had).AsSpan().SequenceEqual(content) && had,
                iter: Cases
            );
}
