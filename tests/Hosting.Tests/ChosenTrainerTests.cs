using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Testing;
using OrleansAtlas.Hosting;
using OrleansAtlas.Reduction.Autoencoder;
using OrleansAtlas.Torch;

namespace OrleansAtlas.Tests;

public sealed class ChosenTrainerTests
{
    [Fact]
    public void Without_libtorch_one_sentence_says_so_and_the_managed_trainer_goes_on()
    {
        var before = Environment.GetEnvironmentVariable(LibTorch.Variable);
        Environment.SetEnvironmentVariable(LibTorch.Variable, "/nowhere");
        try
        {
            var log = new FakeLogCollector();
            using var factory = LoggerFactory.Create(logging => logging.AddProvider(new FakeLoggerProvider(log)));
            var trainer = new ChosenTrainer(TrainerKind.Torch, factory);
            Assert.Equal(AutoencoderTrainer.Managed, trainer.Name);
            Assert.Null(trainer.Product);
            Assert.True(TorchPresence.IsNamed);
            Assert.Equal(
                "ATLAS_LIBTORCH is /nowhere, in which there is no libtorch.so; set it to the folder of libtorch 2.10 or leave it out.",
                TorchPresence.Find().Detail
            );
            Assert.Equal(
                "ATLAS_LIBTORCH is /nowhere, in which there is no libtorch.so; set it to the folder of libtorch 2.10 or leave it out. "
                    + "The managed trainer goes on.",
                Assert.Single(log.GetSnapshot()).Message
            );
        }
        finally
        {
            Environment.SetEnvironmentVariable(LibTorch.Variable, before);
        }
    }

    [Fact]
    public void The_managed_trainer_says_nothing() =>
        Assert.Equal(AutoencoderTrainer.Managed, new ChosenTrainer(TrainerKind.Managed, NullLoggerFactory.Instance).Name);
}
