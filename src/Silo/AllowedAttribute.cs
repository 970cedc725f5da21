using System.ComponentModel.DataAnnotations;

namespace OrleansAtlas.Silo;

/// <summary>The numbers that a setting may have; one outside is said with its name, what it is and what it may be.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class AllowedAttribute(double minimum, double maximum) : RangeAttribute(minimum, maximum)
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        var name = $"{SiloSettings.Section}:{validationContext.MemberName}";
        return IsValid(value)
            ? ValidationResult.Success
            : new($"{name} is {value}; give {Minimum} to {Maximum} with --{name} N, or leave it out.");
    }
}
