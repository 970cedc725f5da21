using OrleansAtlas.Reduction.Autoencoder;
using static TorchSharp.torch;

namespace OrleansAtlas.Torch;

/// <summary>The terms of the loss as <see cref="Losses"/> defines them; libtorch finds their gradients.</summary>
internal static class TorchLosses
{
    // Below it a deviation has no slope, as in the managed term, where that of equal codes is 0.
    private const double LeastVariance = 1e-24;

    /// <summary>Of reconstructions and vectors <c>[n, inputs]</c>.</summary>
    public static Tensor Reconstruction(Tensor output, Tensor rows) => (output - rows).square().mean();

    /// <summary>Of all codes of the batch, <c>[n, 2]</c>.</summary>
    public static Tensor Activity(Tensor codes, float target)
    {
        var mean = codes.mean([0L], keepdim: true);
        var deviation = (codes - mean).square().mean([0L]).clamp_min(LeastVariance).sqrt();
        return (mean.square().mean() + (deviation - target).square().mean());
    }

    /// <summary>Of vectors and codes of all a, b and c, <c>[n, inputs]</c> and <c>[n, 2]</c> each.</summary>
    public static Tensor LogRatio(Tensor[] rows, Tensor[] codes) => (Ratios(codes) - Ratios(rows)).square().mean();

    /// <summary>Of vectors and codes of all a, b and c: 1 minus Pearson's correlation of their log-ratios.</summary>
    public static Tensor Correlation(Tensor[] rows, Tensor[] codes)
    {
        var (x, y) = (Ratios(rows), Ratios(codes));
        var (dx, dy) = (x - x.mean(), y - y.mean());
        var spread = (dx.square().sum() * dy.square().sum()).clamp_min(LeastVariance).sqrt();
        return 1 - ((dx * dy).sum() / spread);
    }

    /// <summary>Of codes of all a, b and c.</summary>
    public static Tensor Temporal(Tensor[] codes) => (((codes[0] + codes[2]) / 2) - codes[1]).square().sum([1L]).mean();

    /// <summary>Of codes and places <c>[n, 2]</c>.</summary>
    public static Tensor Layout(Tensor codes, Tensor places, float unit) => (codes - places).square().mean() / (unit * unit);

    private static Tensor Ratios(Tensor[] points) =>
        log(
            ((points[0] - points[1]).square().sum([1L]) + LogRatioLosses.Epsilon)
                / ((points[1] - points[2]).square().sum([1L]) + LogRatioLosses.Epsilon)
        );
}
