namespace OrleansAtlas.Reduction.Autoencoder;

/// <summary>What one epoch gave: means over its batches, of codes in training mode.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Losses">Each term, unweighted.</param>
/// <param name="Total">Their weighted sum.</param>
/// <param name="CodeMean">Of the two dimensions.</param>
/// <param name="CodeDeviation">Of the two dimensions.</param>
public sealed record EpochReport(int Epoch, Losses Losses, double Total, double[] CodeMean, double[] CodeDeviation);

/// <summary>How the training went.</summary>
/// <param name="Steps">Batches in all.</param>
/// <param name="BatchSize">Triplets in the largest batch.</param>
/// <param name="Epochs">One entry an epoch.</param>
public sealed record TrainingReport(int Steps, int BatchSize, IReadOnlyList<EpochReport> Epochs);

/// <summary>A network after training, and how it got there.</summary>
public sealed record TrainedModel(AutoencoderEmbedder Code, TrainingReport Report);
