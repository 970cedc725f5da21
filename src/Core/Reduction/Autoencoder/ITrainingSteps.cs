namespace OrleansAtlas.Reduction.Autoencoder;

/// <summary>Steps of one training, wherever they are computed: a batch's losses and gradients, and Adam's step against them.</summary>
public interface ITrainingSteps : IDisposable
{
    /// <summary>Codes of the last batch; for each row <see cref="CodeWidth"/> apart.</summary>
    ReadOnlySpan<float> Codes { get; }

    /// <summary>Floats from one row of <see cref="Codes"/> to the next.</summary>
    int CodeWidth { get; }

    /// <summary>Learns from one batch.</summary>
    /// <param name="batch">Indices of all a; then, where a term needs them, of all b and all c.</param>
    /// <param name="triplets">How many a.</param>
    /// <param name="rate">Adam's step.</param>
    /// <returns>The losses before the step, unweighted.</returns>
    Losses Step(ReadOnlySpan<int> batch, int triplets, float rate);

    /// <summary>After the last step: what was learnt is then in the network that the training started with.</summary>
    void Finish();
}

/// <summary>What a training starts with.</summary>
/// <param name="Network">Its first numbers; receives the last ones.</param>
/// <param name="Rows">Reduced vectors <c>[n, inputs]</c> of all frames.</param>
/// <param name="Places">Their places <c>[n, 2]</c> in the layout of neighbours; empty where that term's weight is 0.</param>
/// <param name="Options">How to train.</param>
/// <param name="Noise">To be added to what the encoder sees, to a, b and c of one triplet after the other.</param>
/// <param name="Largest">Most triplets in a batch.</param>
public sealed record TrainingStart(
    AutoencoderNetwork Network,
    float[] Rows,
    float[] Places,
    TrainingOptions Options,
    InputNoise Noise,
    int Largest
);
