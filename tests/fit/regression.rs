//! Logistic and conditional logistic regression by Newton's method, with a ridge.

/// Weight of the ridge on standardised figures.
const RIDGE: f64 = 3.0;
/// Of the conditional regression, whose figures are not standardised.
const CONDITIONAL_RIDGE: f64 = 4.0;
const STEPS: usize = 60;
/// A step that no longer shows in any digit that is written.
const SETTLED: f64 = 1e-10;

/// The choices of one question, and which of them is right.
#[derive(Default)]
pub struct Group {
    pub choices: Vec<Vec<f64>>,
    pub right: usize,
}

/// Weights of a logistic regression; the last figure is the constant one, which has no ridge.
pub fn logistic(figures: &[Vec<f64>], answers: &[bool]) -> Vec<f64> {
    let width = figures[0].len();
    let (mean, deviation) = moments(figures);
    let standard: Vec<Vec<f64>> = figures
        .iter()
        .map(|row| (0..width).map(|k| (row[k] - mean[k]) / deviation[k]).collect())
        .collect();
    let mut weights = vec![0.0; width];
    for _ in 0..STEPS {
        let mut gradient: Vec<f64> = weights.iter().map(|w| RIDGE * w).collect();
        gradient[width - 1] = 0.0;
        let mut curvature = vec![vec![0.0; width]; width];
        for (k, row) in curvature.iter_mut().enumerate().take(width - 1) {
            row[k] = RIDGE;
        }
        for (row, &answer) in standard.iter().zip(answers) {
            let p = 1.0 / (1.0 + (-dot(row, &weights)).exp());
            add(&mut gradient, &mut curvature, row, p - f64::from(u8::from(answer)), p * (1.0 - p));
        }
        let step = solve(mirrored(&curvature), gradient);
        let largest = step.iter().fold(0.0f64, |largest, step| largest.max(step.abs()));
        weights.iter_mut().zip(step).for_each(|(w, s)| *w -= s);
        if largest < SETTLED {
            break;
        }
    }
    let raw: Vec<f64> = (0..width).map(|k| weights[k] / deviation[k]).collect();
    let shift: f64 = (0..width - 1).map(|k| raw[k] * mean[k]).sum();
    raw.iter().enumerate().map(|(k, w)| if k == width - 1 { w - shift } else { *w }).collect()
}

/// Mean and deviation of each figure; the constant stays as it is.
fn moments(figures: &[Vec<f64>]) -> (Vec<f64>, Vec<f64>) {
    let (count, width) = (figures.len() as f64, figures[0].len());
    let mut mean: Vec<f64> =
        (0..width).map(|k| figures.iter().map(|row| row[k]).sum::<f64>() / count).collect();
    let mut deviation: Vec<f64> = (0..width)
        .map(|k| (figures.iter().map(|row| (row[k] - mean[k]).powi(2)).sum::<f64>() / count).sqrt())
        .map(|deviation| if deviation > 1e-9 { deviation } else { 1.0 })
        .collect();
    mean[width - 1] = 0.0;
    deviation[width - 1] = 1.0;
    (mean, deviation)
}

/// Weights of a conditional logistic regression: the probability of each choice among its group.
pub fn conditional(groups: &[Group]) -> Vec<f64> {
    let width = groups[0].choices[0].len();
    let mut weights = vec![0.0; width];
    for _ in 0..STEPS {
        let mut gradient: Vec<f64> = weights.iter().map(|w| CONDITIONAL_RIDGE * w).collect();
        let mut curvature = vec![vec![0.0; width]; width];
        for (k, row) in curvature.iter_mut().enumerate() {
            row[k] = CONDITIONAL_RIDGE;
        }
        for group in groups {
            let scores: Vec<f64> = group.choices.iter().map(|row| dot(row, &weights)).collect();
            let most = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let total: f64 = scores.iter().map(|score| (score - most).exp()).sum();
            let shares: Vec<f64> =
                scores.iter().map(|score| (score - most).exp() / total).collect();
            let mean: Vec<f64> = (0..width)
                .map(|k| group.choices.iter().zip(&shares).map(|(row, p)| row[k] * p).sum())
                .collect();
            for (k, slot) in gradient.iter_mut().enumerate() {
                *slot += mean[k] - group.choices[group.right][k];
            }
            for (row, p) in group.choices.iter().zip(&shares) {
                let centred: Vec<f64> = row.iter().zip(&mean).map(|(x, m)| x - m).collect();
                add(&mut vec![0.0; width], &mut curvature, &centred, 0.0, *p);
            }
        }
        let step = solve(mirrored(&curvature), gradient);
        weights.iter_mut().zip(step).for_each(|(w, s)| *w -= s);
    }
    weights
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

/// Only the curvature's lower half: it is symmetric.
fn add(gradient: &mut [f64], curvature: &mut [Vec<f64>], row: &[f64], error: f64, weight: f64) {
    for (i, x) in row.iter().enumerate() {
        gradient[i] += error * x;
        for (slot, y) in curvature[i].iter_mut().zip(row).take(i + 1) {
            *slot += weight * x * y;
        }
    }
}

/// A symmetric matrix of which the lower half was summed up.
fn mirrored(lower: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let at = |i: usize, j: usize| lower[i.max(j)][i.min(j)];
    (0..lower.len()).map(|i| (0..lower.len()).map(|j| at(i, j)).collect()).collect()
}

/// Gaussian elimination with pivots.
fn solve(mut a: Vec<Vec<f64>>, mut b: Vec<f64>) -> Vec<f64> {
    let n = b.len();
    for k in 0..n {
        let pivot = (k..n).max_by(|&i, &j| a[i][k].abs().total_cmp(&a[j][k].abs())).unwrap();
        a.swap(k, pivot);
        b.swap(k, pivot);
        if a[k][k].abs() < 1e-12 {
            continue;
        }
        for i in k + 1..n {
            let factor = a[i][k] / a[k][k];
            let pivot_row = a[k].clone();
            for (slot, pivot) in a[i].iter_mut().zip(pivot_row).skip(k) {
                *slot -= factor * pivot;
            }
            b[i] -= factor * b[k];
        }
    }
    let mut x = vec![0.0; n];
    for k in (0..n).rev() {
        let rest: f64 = (k + 1..n).map(|j| a[k][j] * x[j]).sum();
        x[k] = if a[k][k].abs() < 1e-12 { 0.0 } else { (b[k] - rest) / a[k][k] };
    }
    x
}
